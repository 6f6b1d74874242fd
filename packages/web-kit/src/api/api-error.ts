/** Codes made by the browser itself; all other codes come from the server (packages/contract). */
export type LocalErrorCode = 'network' | 'bad_answer';

interface ApiErrorInit {
  message?: string;
  details?: unknown;
  requestId?: string;
  /** HTTP status; 0 when no answer arrived. */
  status?: number;
}

/** A call that did not succeed: what happened, in words for people, and what support needs to find it. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: unknown;
  readonly requestId: string | undefined;
  readonly status: number;

  constructor(code: string, init: ApiErrorInit = {}) {
    super(init.message ?? code);
    this.name = 'ApiError';
    this.code = code;
    this.details = init.details;
    this.requestId = init.requestId;
    this.status = init.status ?? 0;
  }
}

/** Wraps anything thrown into an ApiError, so that screens deal with one kind of failure. */
export function toApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError('unexpected', { message: cause instanceof Error ? cause.message : String(cause) });
}
