import { fewestQuizQuestions, quizLimitsOf, type SchemeCode } from '@antu/domain';
import type { Platform } from '../../../platform/module.ts';
import type { DemoVersion } from '../../courses/index.ts';
import { demoBankId, demoContextOf, seedDemoQuestions } from '../demo/seed-questions.ts';
import { quizRulesAt } from './lesson-quiz.ts';
import { setQuiz } from './version-quizzes.ts';

/** So many questions that one wrong answer may be given: four of five are 80 per cent. */
const DEMO_QUESTIONS = 5;

interface Row {
  readonly lessonVersionId: string;
  readonly topicId: string;
  readonly durationMs: number;
  readonly scheme: SchemeCode;
  readonly regionCode: string;
}

/** Gives the lessons of a demo course their quizzes, where the rules of its scheme want them. */
export async function prepareDemoQuizzes(platform: Platform, key: DemoVersion): Promise<void> {
  const { rows } = await platform.pool.query<Row>(
    `select l.id as "lessonVersionId", l.topic_id as "topicId", coalesce(l.duration_ms, m.duration_ms) as "durationMs", c.scheme,
       o.region_code as "regionCode"
     from course_version_lesson cl join lesson_version l on l.id = cl.lesson_version_id join course c on c.id = l.course_id
       join organisation o on o.id = c.organisation_id left join media_asset m on m.id = l.media_id
     where cl.course_version_id = $1 order by cl.position`,
    [key.versionId],
  );
  const wanted = rows.flatMap((row) => {
    const limits = quizLimitsOf(quizRulesAt(row, platform.clock.nowMs()));
    const questions = Math.max(DEMO_QUESTIONS, fewestQuizQuestions(row.durationMs, limits));
    return limits.required ? [{ ...row, questions }] : [];
  });
  if (wanted.length === 0) return;
  await seedDemoQuestions(platform);
  const author = await demoContextOf(platform, 'teacher');
  for (const { lessonVersionId, topicId, scheme, questions } of wanted) {
    await setQuiz(
      author,
      { ...key, lessonVersionId },
      { bankId: demoBankId(scheme, 'practice'), topicIds: [topicId], questions },
    );
  }
}
