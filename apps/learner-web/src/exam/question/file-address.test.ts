import type { AskedQuestion, QuestionFile } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { addressOf, picturesOf } from './file-address.ts';

const file = (fileId: string, kind: QuestionFile['kind'] = 'picture'): QuestionFile => ({ fileId, kind, alt: '' });

describe('addressOf', () => {
  it('takes the address that came with the question', () => {
    expect(addressOf({ ...file('a'), url: '/x?mac=1' })).toBe('/x?mac=1');
    expect(addressOf(file('a'))).toContain('/a');
  });
});

describe('picturesOf', () => {
  it('finds those of stems, parts and options once each, and no videos', () => {
    const part: AskedQuestion & { kind: 'single' } = {
      kind: 'single',
      stem: '',
      files: [file('part'), file('film', 'video')],
      options: [
        { key: 'A', text: '', file: file('option') },
        { key: 'B', text: '', file: null },
      ],
    } as AskedQuestion & { kind: 'single' };
    const ids = (question: AskedQuestion) => picturesOf(question).map(({ fileId }) => fileId);
    expect(ids(part)).toEqual(['part', 'option']);
    expect(ids({ kind: 'case', stem: '', files: [file('case')], parts: [part] })).toEqual(['case', 'part', 'option']);
  });
});
