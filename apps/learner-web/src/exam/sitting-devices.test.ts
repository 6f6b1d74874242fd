import { describe, expect, it } from 'vitest';
import { memoryKeeper } from './testing.ts';
import { after, answerOn, net, opened, page } from './testing-pages.ts';

describe('another device', () => {
  it('is told within the time of a look that the sitting goes on elsewhere, without being touched', async () => {
    const laptop = await opened('laptop');
    laptop.answer(0, 'A');
    await after(400);
    const phone = page('phone', memoryKeeper());
    await phone.open(true);
    await after(24_000);
    expect([laptop.screen.phase, phone.screen.phase]).toEqual(['elsewhere', 'open']);
  });

  it('shows what the replaced device brings, as soon as it hears of it, and keeps what is later here', async () => {
    const laptop = await opened('laptop');
    net.is = 'down';
    laptop.answer(0, 'A');
    laptop.answer(1, 'B');
    await after(1_000);
    net.is = 'up';
    const phone = page('phone', memoryKeeper());
    await phone.open(true);
    phone.answer(1, 'D');
    await after(60_000);
    expect(laptop.screen.phase).toBe('elsewhere');
    expect(phone.screen.phase).toBe('open');
    expect(phone.screen.items.slice(0, 2)).toMatchObject([
      { answer: 'A', saved: true },
      { answer: 'D', saved: true },
    ]);
    expect([answerOn(0), answerOn(1)]).toEqual(['A', 'D']);
  });

  it('is told where the sitting goes on, and takes over when asked', async () => {
    const phone = await opened();
    phone.answer(0, 'A');
    await after(300);
    const laptopKeeper = memoryKeeper();
    const laptop = await opened('laptop', laptopKeeper);
    expect(laptop.screen.phase).toBe('elsewhere');
    await laptop.open(true);
    expect(laptop.screen).toMatchObject({ phase: 'open' });
    expect(laptop.screen.items[0]).toMatchObject({ answer: 'A', saved: true });
    await after(1);
    phone.answer(1, 'B');
    await after(300);
    expect(phone.screen).toMatchObject({ phase: 'elsewhere', unsent: 1 });
  });

  it('lets the later answer hold when the first device comes back', async () => {
    const phone = await opened();
    net.is = 'down';
    phone.answer(0, 'A');
    phone.answer(1, 'A');
    await after(30_000);
    phone.dispose();
    net.is = 'up';
    const laptop = page('laptop', memoryKeeper());
    await laptop.open(true);
    laptop.answer(0, 'D');
    await after(1_000);
    const back = page();
    await back.open();
    expect(back.screen.phase).toBe('elsewhere');
    await back.open(true);
    await after(1_000);
    expect([answerOn(0), answerOn(1)]).toEqual(['D', 'A']);
    expect(back.screen.items.map(({ answer }) => answer)).toEqual(['D', 'A', null, null]);
  });
});
