import type { IdentityReview } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import { type AskReviews, findReview } from './find-review.ts';

const review = (id: string, mayVote = true): IdentityReview => ({
  id,
  personId: 'p',
  nameMasked: '张*',
  idNumberMasked: '4401**********0013',
  organisationName: '岭澜',
  purpose: 'study',
  sessionId: null,
  askedAt: '2026-11-25T00:00:00.000Z',
  faceCaptureId: 'f',
  idCardCaptureId: null,
  hasEnrolmentPicture: true,
  state: 'open',
  votes: [],
  mayVote,
});

function pagesOf(pages: Record<'open' | 'decided', IdentityReview[][]>) {
  const asked: string[] = [];
  const ask: AskReviews = async (state, cursor) => {
    const at = Number(cursor ?? 0);
    asked.push(`${state} ${at}`);
    return { items: pages[state][at] ?? [], nextCursor: at + 1 < pages[state].length ? String(at + 1) : null };
  };
  return { ask, asked };
}

describe('finding a review', () => {
  it('stops at the page that has it and names the next one to vote on', async () => {
    const { ask, asked } = pagesOf({ open: [[review('a', false), review('b')], [review('c')]], decided: [] });
    const found = await findReview('a', ask);
    expect([found.review?.id, found.next?.id]).toEqual(['a', 'b']);
    expect(asked).toEqual(['open 0']);
  });

  it('looks through the decided ones after the open ones', async () => {
    const { ask, asked } = pagesOf({ open: [[review('a')]], decided: [[review('d')], [review('e')]] });
    expect((await findReview('e', ask)).review?.id).toBe('e');
    expect(asked).toEqual(['open 0', 'decided 0', 'decided 1']);
  });

  it('finds nothing for an id of somebody else, and no next one where none may be voted on', async () => {
    const { ask } = pagesOf({ open: [[review('a', false)]], decided: [[]] });
    expect(await findReview('x', ask)).toEqual({ review: undefined, next: undefined });
  });

  it('gives up on an endless queue', async () => {
    let asked = 0;
    const endless: AskReviews = async () => {
      asked += 1;
      return { items: [review(`r${asked}`)], nextCursor: 'more' };
    };
    expect((await findReview('x', endless)).review).toBeUndefined();
    expect(asked).toBe(20);
  });
});
