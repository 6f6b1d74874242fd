import { describe, expect, it } from 'vitest';
import {
  type CourseVersionAction,
  type CourseVersionState,
  courseVersionActions,
  courseVersionStates,
  detectVideoContainer,
  findMissing,
  findQuizMissing,
  findReviewProblems,
  type LessonFacts,
  longestReadingMs,
  nextVersionState,
  planRenditions,
  possibleVersionActions,
} from './index.ts';

describe('state of a course version', () => {
  const allowed: readonly (readonly [CourseVersionState, CourseVersionAction, CourseVersionState])[] = [
    ['draft', 'edit', 'draft'],
    ['draft', 'submit', 'body-review'],
    ['body-review', 'approve-body', 'platform-review'],
    ['body-review', 'refuse-body', 'refused'],
    ['platform-review', 'approve-platform', 'published'],
    ['platform-review', 'refuse-platform', 'refused'],
    ['published', 'supersede', 'superseded'],
    ['published', 'withdraw', 'withdrawn'],
    ['superseded', 'withdraw', 'withdrawn'],
    ['refused', 'edit', 'draft'],
    ['refused', 'submit', 'body-review'],
  ];
  it.each(allowed)('%s + %s -> %s', (state, action, next) => {
    expect(nextVersionState(state, action)).toBe(next);
  });

  it('forbids every other pair', () => {
    const found = courseVersionStates.flatMap((state) =>
      courseVersionActions
        .map((action) => [state, action, nextVersionState(state, action)] as const)
        .filter(([, , next]) => next !== null),
    );
    expect(new Set(found.map(String))).toEqual(new Set(allowed.map(String)));
  });

  it('never publishes without both reviews: only platform-review leads to published, only body-review leads there', () => {
    const into = (wanted: CourseVersionState) =>
      courseVersionStates.filter((state) =>
        courseVersionActions.some((action) => nextVersionState(state, action) === wanted),
      );
    expect(into('published')).toEqual(['platform-review']);
    expect(into('platform-review')).toEqual(['body-review']);
  });

  it('names what is possible', () => {
    expect(possibleVersionActions('published')).toEqual(['supersede', 'withdraw']);
    expect(possibleVersionActions('withdrawn')).toEqual([]);
  });
});

describe('who may decide a review', () => {
  const question = {
    decision: 'approved',
    comment: '',
    reviewerId: 'reviewer',
    authorIds: ['author'],
    earlierReviewerIds: [],
  } as const;
  it.each([
    ['somebody else may approve without a comment', {}, []],
    ['the author may not', { reviewerId: 'author' }, ['own-work']],
    [
      'the body reviewer may not decide for the platform as well',
      { earlierReviewerIds: ['reviewer'] },
      ['reviewed-before'],
    ],
    ['a refusal needs a reason', { decision: 'refused', comment: '  ' }, ['comment-missing']],
    ['a refusal with a reason is fine', { decision: 'refused', comment: '第二课声音听不清' }, []],
  ] as const)('%s', (_, change, problems) => {
    expect(findReviewProblems({ ...question, ...change })).toEqual(problems);
  });
});

describe('readiness of a version', () => {
  const video: LessonFacts = {
    position: 1,
    titleZh: '雨夜行车',
    kind: 'video',
    topicId: 'topic',
    mediaState: 'ready',
    documentText: null,
    durationMs: 180_000,
  };
  const text = '安全'.repeat(300);
  const document: LessonFacts = {
    ...video,
    kind: 'document',
    mediaState: null,
    documentText: text,
    durationMs: 600_000,
  };
  it.each([
    ['a finished video', [video], []],
    ['a document', [document], []],
    ['no lesson at all', [], ['no-lessons']],
    ['no topic', [{ ...video, topicId: null }], ['topic-missing']],
    ['a topic of another syllabus', [{ ...video, topicId: 'elsewhere' }], ['topic-foreign']],
    ['no video', [{ ...video, mediaState: null, durationMs: null }], ['video-missing']],
    ['a video in the making', [{ ...video, mediaState: 'processing', durationMs: null }], ['video-processing']],
    ['a broken video', [{ ...video, mediaState: 'failed', durationMs: null }], ['video-failed']],
    ['an empty document', [{ ...document, documentText: ' \n' }], ['document-empty']],
    ['a document without reading time', [{ ...document, durationMs: null }], ['reading-time-missing']],
    [
      'reading time one second beyond a second per character',
      [{ ...document, durationMs: 601_000 }],
      ['reading-time-too-long'],
    ],
  ] as const)('%s', (_, lessons, codes) => {
    expect(findMissing(lessons, ['topic']).map(({ code }) => code)).toEqual(codes);
  });

  it('names everything that is missing at once, with the lesson', () => {
    const missing = findMissing(
      [
        { ...video, topicId: null, mediaState: null },
        { ...document, position: 2, documentText: '', durationMs: null },
      ],
      ['topic'],
    );
    expect(missing.map(({ code, position }) => `${position} ${code}`)).toEqual([
      '1 topic-missing',
      '1 video-missing',
      '2 document-empty',
      '2 reading-time-missing',
    ]);
  });

  it('allows a minute for any document', () => {
    expect(longestReadingMs('短')).toBe(60_000);
    expect(longestReadingMs('字'.repeat(60))).toBe(60_000);
    expect(longestReadingMs('字 '.repeat(61))).toBe(61_000);
  });
});

describe('container of a file by its first bytes', () => {
  const bytes = (...parts: (string | number)[]) =>
    new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [part])));
  const transportStream = new Uint8Array(377);
  for (const at of [0, 188, 376]) transportStream[at] = 0x47;
  it.each([
    ['MP4', bytes(0, 0, 0, 24, 'ftypmp42'), 'mov'],
    ['WebM', bytes(0x1a, 0x45, 0xdf, 0xa3), 'matroska'],
    ['AVI', bytes('RIFF', 0, 0, 0, 0, 'AVI LIST'), 'avi'],
    ['WAV is no video', bytes('RIFF', 0, 0, 0, 0, 'WAVEfmt '), null],
    ['FLV', bytes('FLV', 1), 'flv'],
    ['transport stream', transportStream, 'mpegts'],
    ['one sync byte is no transport stream', bytes('G', 0, 0), null],
    ['a playlist that names other files', bytes('#EXTM3U\nfile:///etc/passwd'), null],
    ['a picture', bytes(0x89, 'PNG'), null],
    ['nothing', new Uint8Array(0), null],
  ] as const)('%s', (_, head, container) => {
    expect(detectVideoContainer(head)).toBe(container);
  });
});

describe('renditions', () => {
  const sizes = (width: number, height: number) =>
    planRenditions(width, height).map((plan) => `${plan.name} ${plan.widthPx}x${plan.heightPx}`);
  it.each([
    [1920, 1080, ['liuchang 640x360', 'biaoqing 854x480', 'gaoqing 1280x720']],
    [1280, 720, ['liuchang 640x360', 'biaoqing 854x480', 'gaoqing 1280x720']],
    [1278, 719, ['liuchang 640x360', 'biaoqing 854x480']],
    [854, 480, ['liuchang 640x360', 'biaoqing 854x480']],
    [320, 240, ['liuchang 320x240']],
    [1080, 1920, ['liuchang 360x640', 'biaoqing 480x854', 'gaoqing 720x1280']],
    [321, 241, ['liuchang 320x240']],
  ])('%d x %d is never enlarged', (width, height, expected) => {
    expect(sizes(width, height)).toEqual(expected);
  });
});

describe('what quizzes miss', () => {
  const quiz = { position: 2, titleZh: '第二课', wanted: 2, asked: 2, available: 2, isBankOpen: true };
  it.each([
    ['nothing, as the rules want it', {}, []],
    ['the quiz', { asked: null }, ['quiz-missing 2/0']],
    ['nothing where the rules want none', { asked: null, wanted: 0 }, []],
    ['a question in each attempt', { asked: 1 }, ['quiz-too-few 2/1']],
    ['questions to draw from', { available: 1 }, ['quiz-bank-short 2/1']],
    ['questions to draw from, also where no quiz is wanted', { wanted: 0, available: 0 }, ['quiz-bank-short 2/0']],
    ['a bank that may be shown', { isBankOpen: false }, ['quiz-bank-closed undefined/undefined']],
    [
      'several things at once',
      { asked: 1, available: 0, isBankOpen: false },
      ['quiz-too-few 2/1', 'quiz-bank-short 1/0', 'quiz-bank-closed undefined/undefined'],
    ],
  ] as const)('%s', (_, change, missing) => {
    const found = findQuizMissing([{ ...quiz, ...change }]);
    expect(found.map(({ code, wanted, present }) => `${code} ${wanted}/${present}`)).toEqual(missing);
    expect(found.every(({ position }) => position === 2)).toBe(true);
  });
});
