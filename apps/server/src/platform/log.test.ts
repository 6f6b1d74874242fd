import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from './log.ts';

function record(): { lines: string[]; log: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, log: createLogger('info', stream) };
}

test('passwords, tokens and ID numbers never reach the log', () => {
  const { lines, log } = record();
  log.info({ body: { password: 'hunter2', idNumber: '440106199001011234' } }, 'sign-in');
  log.info({ headers: { cookie: 'antu_session=abcd', 'x-antu-csrf': 'efgh' }, token: 'ijkl' }, 'headers');
  log.info('person 44010619900101123X was found');
  log.error({ err: new Error('duplicate key (440106199001011234)') }, 'failed');
  log.info({ req: { method: 'GET', url: '/api/people/440106199001011234?name=x', ip: '10.0.0.1' } });
  const text = lines.join('');
  expect(text).not.toMatch(/hunter2|19900101|abcd|efgh|ijkl|name=x/);
  expect(text).toContain('440106********123X');
});
