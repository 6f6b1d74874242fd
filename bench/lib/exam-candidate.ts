import { randomUUID } from 'node:crypto';
import type { SittingPaper } from '@antu/contract';
import type { Acknowledged, GivenAnswer } from '../../apps/server/src/modules/exams/testing/find-lost-answers.ts';
import type { SignedInCandidate } from '../../apps/server/src/modules/exams/testing/exam-office.ts';
import { getRequest, HttpConnection, postRequest, type RawAnswer } from './http-connection.ts';

/** Somebody who sits an exam in one browser: one connection, one request at a time. Every refusal rejects. */
export class ExamCandidate {
  readonly #connection: HttpConnection;
  readonly #path: string;
  readonly #headers: string;
  readonly #deviceId = randomUUID();
  readonly #saves: { seq: number; answers: GivenAnswer[] }[] = [];
  readonly #sittingId: string;
  #paperText = '';
  #paper: SittingPaper | undefined;
  #seq = 0;

  constructor(port: number, { sittingId, cookie, csrf }: SignedInCandidate) {
    this.#connection = new HttpConnection(port);
    this.#sittingId = sittingId;
    this.#path = `/api/exam-sittings/${sittingId}`;
    this.#headers = `cookie: ${cookie}\r\nx-antu-csrf: ${csrf}\r\n`;
  }

  /** What the server said was saved. */
  get acknowledged(): Acknowledged {
    return { sittingId: this.#sittingId, saves: this.#saves };
  }

  /** Questions of the paper. */
  get questions(): number {
    return this.#read().items.length;
  }

  /** The page before the bell, and the clock during the exam. */
  async look(): Promise<void> {
    await this.#ask(getRequest(this.#path, this.#headers));
  }

  /** Gets the paper; a second time it is a reload of the page, with everything that is saved. */
  async start(): Promise<void> {
    const answer = await this.#post('start', `{"deviceId":"${this.#deviceId}"}`);
    this.#paperText = answer.body();
    this.#paper = undefined;
  }

  /** Saves random answers to these items. */
  async save(items: readonly number[]): Promise<void> {
    const { deviceToken } = this.#read();
    this.#seq += 1;
    const seq = this.#seq;
    const answers = items.map((item) => ({ item, answer: this.#choose(item), agoMs: 300 }));
    const answer = await this.#post('answers', JSON.stringify({ deviceToken, seq, answers }));
    if (!answer.body().includes('"counts":true')) throw new Error(`a save does not count: ${answer.body()}`);
    this.#saves.push({ seq, answers: answers.map((one) => ({ item: one.item, answer: one.answer })) });
  }

  async submit(): Promise<void> {
    await this.#post('submit', `{"deviceToken":"${this.#read().deviceToken}"}`);
    this.#connection.close();
  }

  /** The paper is taken apart when the first answer is due: at the bell the machine has other work. */
  #read(): SittingPaper {
    this.#paper ??= JSON.parse(this.#paperText) as SittingPaper;
    return this.#paper;
  }

  #choose(item: number): GivenAnswer['answer'] {
    const question = this.#read().items[item]?.question;
    if (question?.kind === 'judgement') return Math.random() < 0.5;
    if (question?.kind !== 'single' && question?.kind !== 'multiple') throw new Error(`no answer to item ${item}`);
    const keys = question.options.map(({ key }) => key);
    const one = keys[Math.floor(Math.random() * keys.length)];
    if (one === undefined) throw new Error(`item ${item} has no options`);
    return question.kind === 'single' ? one : keys.filter((key) => key === one || Math.random() < 0.4);
  }

  #post(what: string, body: string): Promise<RawAnswer> {
    return this.#ask(postRequest(`${this.#path}/${what}`, this.#headers, body));
  }

  #ask(request: string): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#connection.send(
        request,
        (answer) => {
          if (answer.status === 200) resolve(answer);
          else reject(new Error(`${request.split(' HTTP')[0]}: ${answer.status} ${answer.body().slice(0, 300)}`));
        },
        reject,
      );
    });
  }
}
