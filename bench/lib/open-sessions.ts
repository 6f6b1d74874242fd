import type { SignedInLearner } from '../../apps/server/src/modules/learning/testing/signed-in-learners.ts';
import { HttpConnection, postRequest } from './http-connection.ts';
import type { LoadLearner } from './load-generator.ts';

const CONNECTIONS = 60;

/** Opens a study session for everybody, through the API. */
export async function openSessions(
  port: number,
  people: readonly SignedInLearner[],
  lessonVersionId: string,
): Promise<LoadLearner[]> {
  const opened: LoadLearner[] = [];
  let next = 0;
  const work = async () => {
    const connection = new HttpConnection(port);
    for (let one = people[next++]; one; one = people[next++]) {
      const { sessionId } = await openSession(connection, one, lessonVersionId);
      opened.push({ sessionId, cookie: one.cookie, csrf: one.csrf });
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return opened;
}

/** Opens one study session. Rejects on any refusal. */
export function openSession(
  connection: HttpConnection,
  learner: SignedInLearner,
  lessonVersionId: string,
): Promise<{ sessionId: string; tookOver: boolean }> {
  const body = JSON.stringify({ lessonVersionId, device: { kind: 'phone', name: 'bench' } });
  const headers = `cookie: ${learner.cookie}\r\nx-antu-csrf: ${learner.csrf}\r\n`;
  return new Promise((resolve, reject) => {
    connection.send(
      postRequest('/api/study-sessions', headers, body),
      ({ status, body: text }) => {
        if (status !== 200) {
          reject(new Error(`opening: ${status} ${text()}`));
          return;
        }
        const answer = JSON.parse(text()) as { status: { sessionId: string }; tookOver: boolean };
        resolve({ sessionId: answer.status.sessionId, tookOver: answer.tookOver });
      },
      reject,
    );
  });
}
