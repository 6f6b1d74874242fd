import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigner } from 'http-message-signatures';
import { keyIdOf, openServiceKey } from '../engine/http/service-keys.ts';
import {
  type Headers,
  type MessageSigner,
  type ServiceKey,
  signReply,
  verifyRequest,
} from '../engine/http/signed-exchange.ts';

/** What the service does with the next questions. */
export type Behaviour =
  | 'answer'
  /** Takes the request and never answers. */
  | 'silent'
  | 'garbage'
  | 'other-nonce'
  | 'unsigned'
  | 'wrong-key'
  /** Signs, and changes the answer afterwards. */
  | 'tampered'
  | 'passed-with-problem'
  | 'endless'
  | 'hang-up'
  | 'redirect'
  | { status: number };

export type StandInQuestion = { path: string; body: Record<string, unknown>; isSigned: boolean; nonce: string };
export type StandInService = {
  url: string;
  serviceKey: ServiceKey;
  /** Everything that arrived, in order. */
  questions: StandInQuestion[];
  /** From now on, or for the next `times` questions. */
  behave(behaviour: Behaviour, times?: number): void;
  /** What `answer` says to a check beside the nonce. Default: passed. */
  verdict: Record<string, unknown>;
  close(): Promise<void>;
};

/**
 * Stands in for a province's face service: verifies the signature of what arrives, refuses signature nonces that it has seen, and
 * signs what it answers – or misbehaves as told.
 * @param clientKey the public key of who may ask
 */
export async function startStandInService(clientKey: ServiceKey): Promise<StandInService> {
  const own = makeKeys();
  const foreign = makeKeys();
  const seenNonces = new Set<string>();
  let usual: Behaviour = 'answer';
  let next: Behaviour[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const isSigned = await verifyRequest(
      { method: request.method ?? '', url: new URL(request.url ?? '/', url), headers, body },
      clientKey,
    );
    const nonce = /nonce="([^"]+)"/.exec(headers['signature-input'] ?? '')?.[1] ?? '';
    const question = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    service.questions.push({ path: request.url ?? '', body: question, isSigned, nonce });
    const isFresh = nonce !== '' && !seenNonces.has(nonce);
    seenNonces.add(nonce);
    if (!isSigned || !isFresh) return send(response, 401, {}, '');
    const behaviour = next.shift() ?? usual;
    const isEnrolment = request.url?.endsWith('/enrol') === true;
    const good = {
      nonce: question.nonce,
      ...(isEnrolment
        ? { outcome: 'accepted', template: Buffer.from('somebody').toString('base64') }
        : service.verdict),
    };
    await misbehave(response, behaviour, good);
  }

  async function misbehave(response: ServerResponse, behaviour: Behaviour, good: object): Promise<void> {
    const signed = async (answered: object, key: MessageSigner = own.signer) => {
      const text = JSON.stringify(answered);
      send(response, 200, await signReply({ status: 200, body: Buffer.from(text) }, key), text);
    };
    if (typeof behaviour === 'object') return send(response, behaviour.status, {}, '');
    switch (behaviour) {
      case 'answer':
        return signed(good);
      case 'silent':
        return;
      case 'garbage':
        return signed({ nothing: 'of use' });
      case 'other-nonce':
        return signed({ ...good, nonce: 'another' });
      case 'unsigned':
        return send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(good));
      case 'wrong-key':
        return signed(good, foreign.signer);
      case 'tampered': {
        const headers = await signReply(
          { status: 200, body: Buffer.from(JSON.stringify({ ...good, outcome: 'failed' })) },
          own.signer,
        );
        return send(response, 200, headers, JSON.stringify(good));
      }
      case 'passed-with-problem':
        return signed({ ...good, outcome: 'passed', problems: ['other-person'] });
      case 'endless':
        return signed({ ...good, detail: 'x'.repeat(1024 * 1024) });
      case 'hang-up':
        response.destroy();
        return;
      case 'redirect':
        return send(response, 307, { location: 'http://127.0.0.1:9/' }, '');
    }
  }

  const service: StandInService = {
    url,
    serviceKey: own.key,
    questions: [],
    verdict: { outcome: 'passed', distance: 0.21, bestFrame: 0 },
    behave: (behaviour, times) => {
      if (times === undefined) usual = behaviour;
      else next = Array.from({ length: times }, () => behaviour);
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return service;
}

/** A key pair for either side. */
export function makeKeys(): { signer: MessageSigner; key: ServiceKey } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    signer: createSigner(privateKey, 'ed25519', keyIdOf(publicKey)),
    key: openServiceKey(publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  };
}

function send(response: ServerResponse, status: number, headers: Headers, text: string): void {
  response.writeHead(status, headers).end(text);
}
