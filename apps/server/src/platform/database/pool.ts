import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** A pool of connections as the application role. */
export type Pool = pg.Pool;
/** A connection inside a transaction. Only `transaction` makes them. */
export type Tx = Pick<pg.PoolClient, 'query'>;
/** Whatever statements can be sent to: a pool (each statement its own transaction) or a transaction. */
export type Queryable = { query: Tx['query'] };

export type PoolOptions = {
  url: string;
  max?: number;
  /** 0: no limit. */
  statementTimeoutMs?: number;
  /** Startup option `-c role=…`: everything is done as this role though another signed in. */
  role?: string;
  name?: string;
};

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, parseInt8);
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

/** Opens a pool. int8 arrives as a number, date as 'YYYY-MM-DD', timestamptz as Date, numeric as a string. */
export function openPool({ url, max = 10, statementTimeoutMs = 30_000, role, name = 'antu' }: PoolOptions): Pool {
  const options = [
    `-c statement_timeout=${statementTimeoutMs}`,
    '-c idle_in_transaction_session_timeout=60000',
    '-c timezone=Asia/Shanghai',
    ...(role ? [`-c role=${role}`] : []),
  ].join(' ');
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    options,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // A server that goes away ends its connections; the pool opens new ones and the statement under way reports the loss.
  // Without listeners Node would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Runs `work` in one transaction; commits when it returns and rolls back when it throws.
 * @param retries how often to repeat after a deadlock or serialization failure; `work` must then be harmless to repeat
 */
export async function transaction<T>(
  pool: Pool,
  work: (tx: Tx) => Promise<T>,
  { retries = 0 }: { retries?: number } = {},
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt >= retries || !isTransient(error)) throw error;
    }
  }
}

async function once<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** True for a deadlock (40P01) or serialization failure (40001). */
export function isTransient(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001');
}

/** True if the database went away or is starting: the statement can be tried again later, its outcome is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|57P0)/.test(error.code ?? '');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isNetwork = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code);
  return (
    isNetwork || (error instanceof Error && /^(Connection terminated|timeout exceeded when trying)/.test(error.message))
  );
}

/** Kysely over a pool or a transaction. `Tables` are the caller's row types; cheap to make. */
export function kyselyOn<Tables>(connection: Queryable): Kysely<Tables> {
  const client = { query: connection.query.bind(connection), release: () => undefined };
  const single = { connect: async () => client, end: async () => undefined };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: single as unknown as pg.Pool }) });
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond 2^53: ${text}`);
  return value;
}
