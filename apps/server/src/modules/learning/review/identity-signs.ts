import type { ReviewCaseDetail } from '@antu/contract';
import { z } from 'zod';
import type { Queryable } from '../../../platform/database/pool.ts';

/** Signs from checks of identity and pictures in passing of one session. */
export interface IdentitySigns {
  readonly otherPerson: number;
  readonly twoFaces: number;
  readonly noFace: number;
  readonly notLive: number;
  /** Pictures in passing that arrived. */
  readonly snapshots: number;
}

export const noIdentitySigns: IdentitySigns = { otherPerson: 0, twoFaces: 0, noFace: 0, notLive: 0, snapshots: 0 };

type SessionKey = { readonly bucket: number; readonly id: string };

/** What is read of `identity_check.detail`; the rest is for the proof. */
const checkDetail = z.object({ problems: z.array(z.string()).default([]), signs: z.array(z.string()).default([]) });
/** What is read of `identity_capture.findings`. */
const findings = z.object({ finding: z.string().optional(), problems: z.array(z.string()).default([]) });

const notLiveProblems: readonly string[] = ['not-live', 'replayed', 'picture-of-picture'];
const notLiveSigns: readonly string[] = ['still-frames', 'looped-frames', 'seen-before', 'screen-edges', 'moire'];
const otherPersonProblems: readonly string[] = ['other-person', 'face-changed'];

/** Signs of sessions, by session. Sessions without any picture are left out. */
export async function findIdentitySigns(
  db: Queryable,
  sessions: readonly SessionKey[],
): Promise<Map<string, IdentitySigns>> {
  const key = [sessions.map((one) => one.bucket), sessions.map((one) => one.id)];
  const wanted = 'join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, session_id) using (bucket, session_id)';
  const [checks, snapshots] = await Promise.all([
    db.query<{ session_id: string; outcome: string; detail: string }>(
      `select session_id, outcome, detail from identity_check ${wanted}`,
      key,
    ),
    db.query<{ session_id: string; findings: string | null }>(
      `select session_id, findings from identity_capture ${wanted} where kind = 'random'`,
      key,
    ),
  ]);
  const signs = new Map<string, IdentitySigns>();
  const add = (sessionId: string, more: Partial<IdentitySigns>): void => {
    const known = signs.get(sessionId) ?? noIdentitySigns;
    const sum = (name: keyof IdentitySigns): number => known[name] + (more[name] ?? 0);
    signs.set(sessionId, {
      otherPerson: sum('otherPerson'),
      twoFaces: sum('twoFaces'),
      noFace: sum('noFace'),
      notLive: sum('notLive'),
      snapshots: sum('snapshots'),
    });
  };
  for (const { session_id, outcome, detail } of checks.rows) {
    const { problems, signs: seen } = checkDetail.parse(JSON.parse(detail));
    add(session_id, {
      // A face that was not known at once is one of the ways in which an honest check fails: only the verdict counts.
      ...(outcome === 'failed' ? countProblems(problems) : {}),
      notLive: Number(hasAny(problems, notLiveProblems) || hasAny(seen, notLiveSigns)),
    });
  }
  for (const row of snapshots.rows) {
    const { finding, problems } = findings.parse(row.findings === null ? {} : JSON.parse(row.findings));
    add(row.session_id, { ...countProblems(finding === undefined ? problems : [finding, ...problems]), snapshots: 1 });
  }
  return signs;
}

function countProblems(problems: readonly string[]): Partial<IdentitySigns> {
  return {
    otherPerson: Number(hasAny(problems, otherPersonProblems)),
    twoFaces: Number(problems.includes('two-faces')),
    noFace: Number(problems.includes('no-face')),
  };
}

const hasAny = (given: readonly string[], wanted: readonly string[]): boolean =>
  given.some((one) => wanted.includes(one));

/** Pictures of a session in the order in which they were taken. The pictures themselves are asked for one by one. */
export async function findCaptures(db: Queryable, session: SessionKey): Promise<ReviewCaseDetail['captures']> {
  const { rows } = await db.query<{
    id: string;
    taken_at: Date;
    kind: 'check' | 'random';
    outcome: string | null;
    findings: string | null;
    gone: boolean;
  }>(
    `select p.id, p.taken_at, p.kind, c.outcome, p.findings, p.storage_key is null as gone
     from identity_capture p left join identity_check c on c.bucket = p.bucket and c.id = p.check_id
     where p.bucket = $1 and p.session_id = $2 and p.kind in ('check', 'random') order by p.taken_at, p.id`,
    [session.bucket, session.id],
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.taken_at.toISOString(),
    kind: row.kind,
    outcome: row.kind === 'check' ? row.outcome : findingOf(row.findings),
    gone: row.gone,
  }));
}

function findingOf(text: string | null): string | null {
  return text === null ? null : (findings.parse(JSON.parse(text)).finding ?? null);
}
