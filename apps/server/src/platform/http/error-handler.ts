import { type ErrorAnswer, type ErrorCode, errorMessage } from '@antu/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import pg from 'pg';
import { z } from 'zod';
import { isConnectionLoss } from '../database/pool.ts';
import { AppError } from '../errors.ts';

/** What every failed request answers. */
export const errorAnswerSchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'ErrorAnswer' });

/** Codes that Fastify's own errors become. */
const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'platform.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'platform.media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'platform.body_unreadable',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'platform.body_unreadable',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'platform.body_unreadable',
  FST_ERR_BAD_URL: 'platform.not_found',
};

/**
 * Answers every error in one shape. Unknown errors become 500 with the request id and nothing else; the log has the rest.
 * @param constraints database constraint -> code
 */
export function registerErrorHandler(app: FastifyInstance, constraints: ReadonlyMap<string, ErrorCode>): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerError(reply, request, toAppError(error, constraints)),
  );
}

/** Sends an error's answer. */
export function answerError(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  if (error.status >= 500 && error.code !== 'platform.not_ready')
    request.log.error({ err: error.cause ?? error }, 'request failed');
  const details = error.status >= 500 ? { requestId: request.id } : error.details;
  const english = /^en\b/i.test(request.headers['accept-language'] ?? '');
  const body: ErrorAnswer = {
    error: {
      code: error.code,
      message: errorMessage(error.code, details, english ? 'en' : 'zh'),
      details: error.details,
      requestId: request.id,
    },
  };
  return reply.code(error.status).header('content-type', 'application/json; charset=utf-8').send(body);
}

function toAppError(error: FastifyError, constraints: ReadonlyMap<string, ErrorCode>): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(({ instancePath, message }) => ({
      field: instancePath.split('/').filter(Boolean).join('.'),
      message: message ?? '',
    }));
    const summary = fields.map(({ field, message }) => (field ? `${field}：${message}` : message)).join('；');
    return new AppError('platform.bad_input', { summary, fields, part: error.validationContext });
  }
  if (error instanceof pg.DatabaseError && error.constraint) {
    const code = constraints.get(error.constraint);
    if (code) return new AppError(code, {}, { cause: error });
  }
  if (isConnectionLoss(error)) return new AppError('platform.not_ready', {}, { cause: error });
  const known = fastifyCodes[error.code];
  if (known) return new AppError(known, {}, { cause: error });
  if (error.statusCode === 400) return new AppError('platform.body_unreadable', {}, { cause: error });
  return new AppError('platform.internal', {}, { cause: error });
}
