import { errorMessage, isErrorCode } from '@antu/contract';
import { ApiError, useLocale } from '@antu/web-kit';

/** What the server said when it refused a file that went past the client of the contract. */
export function failureOf(status: number, answer: unknown): ApiError {
  const error = (answer as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null)?.error;
  if (typeof error?.code !== 'string') return new ApiError(status >= 502 ? 'network' : 'bad_answer', { status });
  const { details } = error;
  const language = useLocale().locale.value === 'en' ? 'en' : 'zh';
  const message = isErrorCode(error.code)
    ? errorMessage(error.code, (details ?? {}) as Record<string, unknown>, language)
    : String(error.message ?? error.code);
  return new ApiError(error.code, { status, details, message });
}
