import { describe, expect, it, vi } from 'vitest';
import { SittingClient } from './sitting-client.ts';
import { noPicture, Refusal, SITTING_ID, T0 } from './testing.ts';
import { after, answerOn, keeper, net, opened, page, server, clients } from './testing-pages.ts';

describe('saving', () => {
  it('says saved only when the server has answered', async () => {
    const client = await opened();
    client.answer(0, 'B');
    expect(client.screen.items[0]).toMatchObject({ answer: 'B', saved: false });
    await after(300);
    expect(answerOn(0)).toBe('B');
    expect(client.screen.items[0]?.saved).toBe(true);
  });

  it('takes quick touches together', async () => {
    const client = await opened();
    client.answer(0, 'A');
    client.answer(0, 'B');
    client.answer(1, 'C');
    await after(300);
    expect(server.saves).toHaveLength(1);
    expect(server.history).toEqual([
      { item: 0, answer: 'B' },
      { item: 1, answer: 'C' },
    ]);
  });

  it('tries again with growing distance, at once when the device has a network', async () => {
    const client = await opened();
    net.is = 'down';
    client.answer(0, 'B');
    await after(120_000);
    expect(client.screen).toMatchObject({ offline: true, unsent: 1, phase: 'open' });
    net.is = 'up';
    client.tryNow();
    await after(50);
    expect(client.screen).toMatchObject({ offline: false, unsent: 0 });
    expect(answerOn(0)).toBe('B');
  });

  it('asks a network that is gone no more than once in a dozen seconds', async () => {
    const client = await opened();
    let asked = 0;
    const count = server.line('phone', async () => {
      asked += 1;
      throw new Refusal(0);
    });
    const alone = new SittingClient({
      sittingId: SITTING_ID,
      owner: 'p',
      transport: count,
      keeper,
      takePicture: noPicture,
      random: () => 0.5,
    });
    clients.push(alone);
    client.dispose();
    await alone.open();
    expect(alone.screen).toMatchObject({ phase: 'open', offline: true });
    for (let at = 0; at < 40; at += 1) {
      alone.answer(at % 4, at % 2 === 0 ? 'A' : 'B');
      await after(3_000);
    }
    expect(asked).toBeGreaterThan(8);
    expect(asked).toBeLessThan(20);
  });

  it('repeats an unanswered request under its number and is not counted twice', async () => {
    const client = await opened();
    net.is = 'deaf';
    client.answer(0, 'B');
    await after(300);
    expect(client.screen.items[0]?.saved).toBe(false);
    net.is = 'up';
    await after(3_000);
    expect(client.screen.items[0]?.saved).toBe(true);
    expect(new Set(server.saves.map(({ seq }) => seq)).size).toBe(1);
    expect(server.history).toHaveLength(1);
  });

  it('tells how long ago an answer was given', async () => {
    const client = await opened();
    net.is = 'down';
    client.answer(0, 'B');
    await after(90_000);
    net.is = 'up';
    client.tryNow();
    await after(100);
    expect(server.saves[0]?.answers[0]?.agoMs).toBeGreaterThan(89_000);
    expect(server.saves[0]?.answers[0]?.agoMs).toBeLessThan(92_000);
  });

  it('says when the browser keeps nothing', async () => {
    const client = await opened();
    keeper.full = true;
    client.answer(0, 'B');
    expect(client.screen.kept).toBe(false);
    await after(300);
    expect(client.screen.items[0]?.saved).toBe(true);
  });
});

describe('closing the browser', () => {
  it('goes on with answers, marks and place', async () => {
    const first = await opened();
    first.answer(0, 'A');
    await after(300);
    net.is = 'down';
    first.answer(1, 'C');
    first.toggleFlag(2);
    first.goTo(2);
    first.dispose();
    net.is = 'up';
    await after(60_000);
    const second = await opened();
    expect(second.screen.items.map(({ answer }) => answer)).toEqual(['A', 'C', null, null]);
    expect(second.screen).toMatchObject({ at: 2 });
    expect(second.screen.items[2]?.flagged).toBe(true);
    await after(400);
    expect(answerOn(1)).toBe('C');
  });

  it('opens again without a network, with the right time, and saves later', async () => {
    const first = await opened();
    first.answer(0, 'A');
    await after(300);
    first.dispose();
    net.is = 'down';
    await after(600_000);
    const second = await opened();
    expect(second.screen).toMatchObject({ phase: 'open', offline: true });
    const goneMs = 3_600_000 - (second.leftMs() ?? 0);
    expect(Math.abs(goneMs - (Date.now() - T0))).toBeLessThan(10);
    second.answer(1, 'D');
    net.is = 'up';
    second.tryNow();
    await after(200);
    expect(answerOn(1)).toBe('D');
  });

  it('shows nothing of one person to another', async () => {
    const first = await opened();
    net.is = 'down';
    first.answer(0, 'A');
    first.dispose();
    const other = new SittingClient({
      sittingId: SITTING_ID,
      owner: 'q',
      keeper,
      takePicture: noPicture,
      transport: server.line('phone', async () => {
        throw new Refusal(0);
      }),
    });
    clients.push(other);
    await other.open();
    expect(other.screen).toMatchObject({ phase: 'door', items: [] });
  });
});

describe('time', () => {
  it('follows the server, whatever the device clock is set to', async () => {
    const client = await opened();
    vi.setSystemTime(T0 + 7_200_000);
    expect(Math.round((client.leftMs() ?? 0) / 1000)).toBe(3_600);
  });

  it('calls out ten, five and one minutes, each for some seconds', async () => {
    const client = await opened();
    const calls: (number | null)[] = [];
    client.subscribe(({ call }) => call !== calls.at(-1) && calls.push(call));
    await after(3_595_000);
    expect(calls.filter((one) => one)).toEqual([600, 300, 60]);
  });

  it('learns of extra time and messages within half a minute, and says how much', async () => {
    const client = await opened();
    await after(5_000);
    server.endsAtMs += 600_000;
    server.extraSeconds = 600;
    server.message = { at: new Date(T0).toISOString(), text: '请安静' };
    await after(25_000);
    expect(client.screen).toMatchObject({ added: 600 });
    expect(client.screen.facts).toMatchObject({ extraSeconds: 600, message: { text: '请安静' } });
  });

  it('saves what is left and hands in when time is over', async () => {
    const client = await opened();
    await after(3_599_000 - 200);
    client.answer(0, 'B');
    await after(4_000);
    expect(answerOn(0)).toBe('B');
    expect(server.submits).toBe(1);
    expect(client.screen.phase).toBe('over');
    expect(keeper.keys()).toEqual([]);
  });

  it('takes no more answers when time is over without a network, and hands in when it is back', async () => {
    const client = await opened();
    net.is = 'down';
    await after(3_590_000);
    client.answer(0, 'B');
    await after(15_000);
    expect(client.screen.phase).toBe('time-up');
    client.answer(0, 'C');
    expect(client.screen.items[0]?.answer).toBe('B');
    net.is = 'up';
    client.tryNow();
    await after(3_000);
    expect(client.screen).toMatchObject({ phase: 'over', late: 1 });
  });
});

describe('handing in', () => {
  it('saves first', async () => {
    const client = await opened();
    client.answer(0, 'B');
    client.submit();
    await after(1_000);
    expect(answerOn(0)).toBe('B');
    expect(client.screen.phase).toBe('over');
    expect(client.screen.facts?.state).toBe('submitted');
  });

  it('waits for the network and can be called off', async () => {
    const client = await opened();
    net.is = 'down';
    client.submit();
    await after(5_000);
    expect(client.screen).toMatchObject({ phase: 'handing-in', offline: true });
    client.keepWorking();
    client.answer(0, 'B');
    expect(client.screen).toMatchObject({ phase: 'open', unsent: 1 });
    net.is = 'up';
    await after(15_000);
    expect(server.submits).toBe(0);
    expect(answerOn(0)).toBe('B');
  });

  it.each([false, true])('ends when the invigilator voids it, an answer finding out first: %s', async (answers) => {
    const client = await opened();
    server.state = 'voided';
    if (answers) client.answer(0, 'A');
    await after(25_000);
    expect(client.screen).toMatchObject({ phase: 'over', facts: { state: 'voided' } });
  });
});

describe('what the page notices', () => {
  it('arrives with its moments, also after a time without network', async () => {
    const client = await opened();
    net.is = 'down';
    client.note('left');
    await after(4_000);
    client.note('back');
    await after(20_000);
    net.is = 'up';
    client.tryNow();
    await after(1_000);
    const [left, ...others] = server.events;
    expect(left).toMatchObject({ kind: 'left' });
    expect((left?.atMs ?? 0) - T0).toBeLessThan(200);
    expect(others.map(({ kind }) => kind)).toEqual(['offline', 'back', 'online']);
    expect(client.screen.facts?.leaves).toBe(1);
  });
});

describe('the door', () => {
  it('does not begin by looking at it', async () => {
    server.state = 'frozen';
    const client = page();
    await client.enter();
    expect(client.screen).toMatchObject({ phase: 'ready', facts: { titleZh: '年度考核' }, items: [] });
    expect(keeper.keys()).toEqual([]);
  });

  it('goes on at once with one that runs', async () => {
    const client = page();
    await client.enter();
    expect(client.screen).toMatchObject({ phase: 'open' });
  });

  it.each(['exams.not_yet', 'exams.window_closed', 'exams.identity_needed'])(
    'says %s and opens later',
    async (code) => {
      server.refuseStart = new Refusal(409, code);
      const client = await opened();
      expect(client.screen).toMatchObject({ phase: 'door', offline: false, refusal: { code } });
      server.refuseStart = null;
      await client.open();
      expect(client.screen.phase).toBe('open');
    },
  );

  it('ends when the sitting is over', async () => {
    server.state = 'submitted';
    expect((await opened()).screen.phase).toBe('over');
  });

  it('keeps the place when the sign-in has ended', async () => {
    const client = await opened();
    client.answer(0, 'A');
    server.save = () => {
      throw new Refusal(401);
    };
    await after(300);
    expect(client.screen).toMatchObject({ phase: 'signed-out', unsent: 1 });
    expect(keeper.keys().length).toBe(2);
  });
});
