import { type ErrorCode, errorCatalogue, errorMessage } from '@antu/contract';

/** A refusal with a code of the contract's catalogue. `details` reaches the caller: nothing secret in it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  readonly status: number;

  constructor(code: ErrorCode, details: Record<string, unknown> = {}, options: { cause?: unknown } = {}) {
    super(errorMessage(code, details), options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
    this.status = errorCatalogue[code].status;
  }
}

/** Throws `AppError(code, details)` unless the condition holds. */
export function assertThat(
  condition: unknown,
  code: ErrorCode,
  details: Record<string, unknown> = {},
): asserts condition {
  if (!condition) throw new AppError(code, details);
}

/** A start-up problem that its one sentence explains: printed without a stack. */
export class StartError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StartError';
  }
}
