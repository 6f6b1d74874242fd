import { bucketOf, chinaDateOf, placeInBucket } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { ExamRow, ExamState } from './exam-rows.ts';

/** A place as the database has it. */
export interface BookingRow {
  readonly id: string;
  readonly exam_id: string;
  readonly state: 'booked' | 'cancelled' | 'sat' | 'missed';
  readonly ticket_number: string;
  readonly seat: number | null;
}

export interface PlaceRequest {
  readonly personId: string;
  readonly exam: Pick<ExamRow, 'id' | 'opens_at'>;
  /** States of the exam in which places are given. */
  readonly states: readonly ExamState[];
  readonly now: Date;
}

/**
 * Takes a place for somebody. The table, not this code, keeps two people from the last one.
 * Errors: `exams.booking_closed` when it is full or in another state, `platform.conflict` when the person has booked already
 */
export async function takePlaceFor(tx: Tx, { personId, exam, states, now }: PlaceRequest): Promise<BookingRow> {
  const bucket = bucketOf(personId);
  const taken = await tx.query<{ tickets: number }>(
    `update exam set booked = booked + 1, tickets = tickets + 1 where id = $1 and state = any($2::text[]) and booked < capacity
     returning tickets`,
    [exam.id, states],
  );
  const [place] = taken.rows;
  if (!place) throw new AppError('exams.booking_closed');
  const { rows } = await tx.query<BookingRow>(
    `insert into exam_booking (bucket, id, person_id, exam_id, organisation_id, region_code, ticket_number, state, booked_at)
     select p.bucket, $3, p.id, $4, (select a.organisation_id from person_affiliation a join organisation o on o.id = a.organisation_id
         where a.bucket = p.bucket and a.person_id = p.id and a.to_date is null order by (o.type = 'enterprise') desc limit 1),
       p.region_code, $5, 'booked', $6
     from person p where p.bucket = $1 and p.id = $2
     on conflict do nothing returning id, exam_id, state, ticket_number, seat`,
    [
      bucket,
      personId,
      placeInBucket(uuidv7(now.getTime()), bucket),
      exam.id,
      `${chinaDateOf(exam.opens_at.getTime()).replaceAll('-', '')}${String(place.tickets).padStart(5, '0')}`,
      now,
    ],
  );
  const [booked] = rows;
  if (!booked) throw new AppError('platform.conflict');
  return booked;
}
