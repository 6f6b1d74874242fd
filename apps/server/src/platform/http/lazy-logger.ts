import type { FastifyBaseLogger } from 'fastify';

type Bindings = Parameters<FastifyBaseLogger['child']>[0];
type Options = Parameters<FastifyBaseLogger['child']>[1];

/**
 * Plain methods, not getters: Fastify looks at each of them before it accepts a logger.
 *
 * The logger of one request, made when the request first writes a line. Most never do, and a child of a logger that hides
 * secrets costs as much as the rest of a small request.
 */
class LazyLogger implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: Bindings;
  readonly #options: Options;
  #made: FastifyBaseLogger | undefined;

  constructor(parent: FastifyBaseLogger, bindings: Bindings, options: Options) {
    this.#parent = parent;
    this.#bindings = bindings;
    this.#options = options;
  }

  get #own(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(this.#bindings, this.#options);
    return this.#made;
  }

  get level(): string {
    return this.#parent.level;
  }

  fatal(...parts: unknown[]): void {
    this.#own.fatal(...(parts as [string]));
  }

  error(...parts: unknown[]): void {
    this.#own.error(...(parts as [string]));
  }

  warn(...parts: unknown[]): void {
    this.#own.warn(...(parts as [string]));
  }

  info(...parts: unknown[]): void {
    this.#own.info(...(parts as [string]));
  }

  debug(...parts: unknown[]): void {
    this.#own.debug(...(parts as [string]));
  }

  trace(...parts: unknown[]): void {
    this.#own.trace(...(parts as [string]));
  }

  silent(...parts: unknown[]): void {
    this.#own.silent(...(parts as [string]));
  }

  child(bindings: Bindings, options?: Options): FastifyBaseLogger {
    return this.#own.child(bindings, options);
  }
}

/** For Fastify's `childLoggerFactory`. */
export function makeLazyLogger(parent: FastifyBaseLogger, bindings: Bindings, options: Options): FastifyBaseLogger {
  return new LazyLogger(parent, bindings, options);
}
