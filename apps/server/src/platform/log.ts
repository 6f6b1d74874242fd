import type { FastifyBaseLogger } from 'fastify';
import { type DestinationStream, type LoggerOptions, pino } from 'pino';

export type Logger = FastifyBaseLogger;

/** Names whose values never reach the log, on the top level and one and two below. */
const secretNames = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'csrfToken',
  'secret',
  'idNumber',
  'login',
  'cookie',
  'authorization',
  '["set-cookie"]',
  '["x-antu-csrf"]',
];

const redactPaths = secretNames.flatMap((name) => {
  const tail = name.startsWith('[') ? name : `.${name}`;
  return [name, `*${tail}`, `*.*${tail}`];
});

/** 18 characters of a Chinese ID number, wherever they stand in a text. */
const idNumberPattern = /\b([1-9]\d{5})\d{8}(\d{3}[\dXx])\b/g;

/** Options that hide passwords, tokens and ID numbers. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: null,
    redact: { paths: redactPaths, censor: '[hidden]' },
    serializers: {
      req: (request: { method: string; url: string; ip: string }) => ({
        method: request.method,
        url: maskIdNumbers(request.url.split('?')[0] ?? ''),
        address: request.ip,
      }),
      err: (error: Error & { code?: string; detail?: string }) => ({
        type: error.name,
        message: maskIdNumbers(error.message),
        code: error.code,
        stack: maskIdNumbers(error.stack ?? ''),
      }),
    },
    hooks: {
      logMethod(parts, method) {
        const masked = parts.map((part) => (typeof part === 'string' ? maskIdNumbers(part) : part));
        method.apply(this, masked as Parameters<typeof method>);
      },
    },
  };
}

/** A logger that writes JSON lines. */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  return stream ? pino(logOptions(level), stream) : pino(logOptions(level));
}

/** Replaces the birth date and the sequence inside ID numbers by stars. */
export function maskIdNumbers(text: string): string {
  return text.replaceAll(idNumberPattern, '$1********$2');
}
