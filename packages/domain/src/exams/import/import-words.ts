/** Everything that can be wrong with a row of a file: `{…}` is replaced by the details of the problem. A `stop` row is not imported. */
export const IMPORT_PROBLEMS = {
  'kind-unknown': {
    level: 'stop',
    zh: '看不出题型“{found}”，请写：判断题、单选题、多选题、填空题、案例题。',
    en: 'Unknown kind “{found}”. Write 判断题, 单选题, 多选题, 填空题 or 案例题.',
  },
  'kind-not-supported': {
    level: 'stop',
    zh: '不支持“{found}”这类题，它不能自动判分。',
    en: 'Questions of the kind “{found}” cannot be marked automatically and are not taken.',
  },
  'answer-missing': { level: 'stop', zh: '没有答案。', en: 'There is no answer.' },
  'answer-unreadable': { level: 'stop', zh: '看不懂答案“{found}”。', en: 'The answer “{found}” cannot be read.' },
  'answer-not-single': {
    level: 'stop',
    zh: '单选题只能有一个答案，现为“{found}”。',
    en: 'A single choice has one answer, this has “{found}”.',
  },
  'answer-ambiguous': {
    level: 'stop',
    zh: '题干里有几处像答案的括号（{found}），请另写“答案：”。',
    en: 'Several brackets of the text look like the answer ({found}). Write it as 答案：.',
  },
  'answer-contradicts': {
    level: 'stop',
    zh: '有两个不同的答案：“{found}”和“{other}”。',
    en: 'Two answers differ: “{found}” and “{other}”.',
  },
  'difficulty-unreadable': {
    level: 'stop',
    zh: '看不懂难度“{found}”，请写：易、中、难。',
    en: 'The difficulty “{found}” cannot be read. Write 易, 中 or 难.',
  },
  'date-unreadable': {
    level: 'stop',
    zh: '没有“{found}”这一天，请写成 2026-01-31。',
    en: '“{found}” is not a day. Write it as 2026-01-31.',
  },
  'topic-unknown': {
    level: 'stop',
    zh: '大纲里没有主题“{found}”。',
    en: 'The syllabus has no topic “{found}”.',
  },
  'topic-missing': {
    level: 'stop',
    zh: '没有写主题，也没有选默认主题。',
    en: 'No topic is given and none was chosen for such rows.',
  },
  'topic-ambiguous': {
    level: 'stop',
    zh: '有几个大纲都有主题“{found}”，请写成“大纲 / 主题”。',
    en: 'Several syllabi have a topic “{found}”. Write “syllabus / topic”.',
  },
  'part-without-case': {
    level: 'stop',
    zh: '小题的上面没有案例题。',
    en: 'This question of a case has no case above it.',
  },
  'part-is-case': { level: 'stop', zh: '案例题里不能再有案例题。', en: 'A case cannot hold another case.' },
  'part-broken': { level: 'stop', zh: '这个案例还有小题有问题。', en: 'Another question of this case has a problem.' },
  'column-unknown': {
    level: 'hint',
    zh: '不认识“{found}”这一列，没有读取。',
    en: 'The column “{found}” is not known and was not read.',
  },
  'option-beyond': { level: 'stop', zh: '最多 8 个选项（A 至 H）。', en: 'At most 8 options (A to H).' },
  'merged-cells': {
    level: 'stop',
    zh: '{found} 是合并的单元格，看不出各行的内容，请取消合并后填写。',
    en: '{found} is a merged cell, so the rows cannot be told apart. Unmerge it and fill in each row.',
  },
  'formula-value': {
    level: 'hint',
    zh: '这里是公式，取用了文件里保存的结果“{found}”。',
    en: 'This is a formula; its saved result “{found}” was taken.',
  },
  'formula-without-value': {
    level: 'stop',
    zh: '这里是公式，文件里没有它的结果，请改成文字。',
    en: 'This is a formula without a saved result. Write the text instead.',
  },
  'cell-error': { level: 'stop', zh: '单元格显示错误 {found}。', en: 'The cell shows the error {found}.' },
  'cell-too-long': {
    level: 'stop',
    zh: '单元格超过 {most} 字，只显示开头。',
    en: 'The cell has more than {most} characters; only the beginning is shown.',
  },
  'characters-lost': {
    level: 'stop',
    zh: '有读不出的字（�），请检查文件的编码。',
    en: 'Some characters could not be read (�). Check the encoding of the file.',
  },
  'duplicate-in-file': { level: 'stop', zh: '与第 {other} 行是同一道题。', en: 'The same question as row {other}.' },
  'duplicate-in-bank': { level: 'stop', zh: '题库里已有这道题。', en: 'The bank has this question already.' },
  'similar-in-file': { level: 'hint', zh: '题干与第 {other} 行几乎相同。', en: 'Almost the same text as row {other}.' },
  'stem-in-bank': {
    level: 'hint',
    zh: '题库里有题干相同的题，选项或答案不同。',
    en: 'The bank has a question with the same text but other options or another answer.',
  },
  'line-ignored': {
    level: 'hint',
    zh: '“{found}”不属于任何题，没有读取。',
    en: '“{found}” belongs to no question and was not read.',
  },
  'number-jumps': {
    level: 'hint',
    zh: '题号从 {other} 跳到 {found}，请核对有没有漏题。',
    en: 'The numbers jump from {other} to {found}. Check that no question is missing.',
  },
  'table-unmatched': {
    level: 'hint',
    zh: '答案表里的第 {found} 题找不到对应的题目。',
    en: 'The table of answers names question {found}, which is not there.',
  },
  'table-ambiguous': {
    level: 'stop',
    zh: '答案表里的第 {found} 题对应几道题，请在题目下面写“答案：”。',
    en: 'Question {found} of the table of answers may be several questions. Write 答案： below each.',
  },
  'file-mark-wrong': {
    level: 'stop',
    zh: '看不懂图片标记“{found}”，它应由系统导出后原样保留。',
    en: 'The mark “{found}” of a picture cannot be read. Keep it as the export wrote it.',
  },
  'file-foreign': {
    level: 'stop',
    zh: '本单位没有这个图片或视频（{found}）。换单位导入请用 QTI 压缩包。',
    en: 'Your organisation does not have this picture or video ({found}). Use a QTI package between organisations.',
  },
  'file-missing': {
    level: 'stop',
    zh: '压缩包里没有图片“{found}”。',
    en: 'The package does not hold the picture “{found}”.',
  },
  'file-type': {
    level: 'stop',
    zh: '“{found}”不是能用的图片或短视频。',
    en: '“{found}” is not a picture or short video that can be used.',
  },
  'pictures-in-option': {
    level: 'stop',
    zh: '选项 {found} 有几张图片，只能有一张。',
    en: 'Option {found} has several pictures; one is the most.',
  },
  'interaction-not-supported': {
    level: 'stop',
    zh: '不支持这种作答方式（{found}）。',
    en: 'This way of answering ({found}) is not supported.',
  },
  'sheet-pictures': {
    level: 'hint',
    zh: '表格里插入的图片没有读取。带图片的题请用 QTI 压缩包，或导入后在题目里上传。',
    en: 'Pictures put into the sheet were not read. Use a QTI package, or add them to the questions after the import.',
  },
  'item-broken': {
    level: 'stop',
    zh: '题目文件读不出来：{found}',
    en: 'The file of this question cannot be read: {found}',
  },
  'item-missing': {
    level: 'stop',
    zh: '清单里有“{found}”，压缩包里没有。',
    en: 'The manifest names “{found}”, which the package does not hold.',
  },
  'question-invalid': { level: 'stop', zh: '{zh}', en: '{en}' },
  'question-incomplete': { level: 'hint', zh: '{zh}送审前请补上。', en: '{en} Add it before review.' },
} as const satisfies Record<string, { level: 'stop' | 'hint'; zh: string; en: string }>;
export type ImportProblemCode = keyof typeof IMPORT_PROBLEMS;

/** Why a file as a whole is not read. */
export const IMPORT_REFUSALS = {
  empty: { zh: '文件是空的。', en: 'The file is empty.' },
  'too-big': { zh: '文件超过 {most} MiB，请分成几个文件。', en: 'The file has more than {most} MiB. Split it.' },
  'not-text': {
    zh: '不认识这种文件。请用模板（.xlsx）、纯文本（.txt）或 QTI 压缩包（.zip）。',
    en: 'This kind of file is not known. Use the template (.xlsx), plain text (.txt) or a QTI package (.zip).',
  },
  'old-excel': {
    zh: '这是旧版 Excel 文件或加了密码的文件。请去掉密码并另存为 .xlsx。',
    en: 'This is an old Excel file, or one with a password. Remove the password and save it as .xlsx.',
  },
  'word-file': {
    zh: '这是 Word 文件。请另存为纯文本（.txt）。',
    en: 'This is a Word file. Save it as plain text (.txt).',
  },
  'zip-broken': { zh: '文件损坏，打不开。', en: 'The file is damaged and cannot be opened.' },
  'zip-password': { zh: '文件加了密码，打不开。', en: 'The file has a password and cannot be opened.' },
  'zip-unknown': {
    zh: '压缩包里既没有表格也没有 QTI 清单（imsmanifest.xml）。',
    en: 'The package holds neither a sheet nor a QTI manifest (imsmanifest.xml).',
  },
  'zip-bomb': {
    zh: '文件解压后过大，没有读取。',
    en: 'The file unfolds into far more than it should and was not read.',
  },
  'zip-entries': { zh: '压缩包里的文件超过 {most} 个。', en: 'The package holds more than {most} files.' },
  'zip-path': { zh: '压缩包里的文件名“{found}”不安全。', en: 'The name “{found}” in the package is not safe.' },
  'xml-broken': { zh: '“{found}”的内容不合规范，读不出来。', en: '“{found}” is not well-formed.' },
  'xml-forbidden': {
    zh: '“{found}”含有 DTD 或实体声明，为安全起见不读取。',
    en: '“{found}” declares a DTD or entities, which are not read for safety.',
  },
  'xml-big': { zh: '“{found}”的结构过于复杂。', en: 'The structure of “{found}” is too large.' },
  'no-header': {
    zh: '前 20 行里没有找到表头。至少要有“题干”和“答案”两列，请用模板。',
    en: 'No heading row in the first 20 rows. At least 题干 and 答案 are needed; use the template.',
  },
  'column-twice': { zh: '“{found}”这一列出现了两次。', en: 'The column “{found}” is there twice.' },
  'too-many-rows': { zh: '超过 {most} 行，请分成几个文件。', en: 'More than {most} rows. Split the file.' },
  'too-many-cells': { zh: '超过 {most} 个单元格，请分成几个文件。', en: 'More than {most} cells. Split the file.' },
  'too-many-questions': { zh: '超过 {most} 道题，请分成几个文件。', en: 'More than {most} questions. Split the file.' },
  'line-too-long': { zh: '第 {found} 行超过 {most} 字。', en: 'Line {found} has more than {most} characters.' },
  encoding: {
    zh: '看不出文件的编码。请另存为 UTF-8。',
    en: 'The encoding of the file cannot be told. Save it as UTF-8.',
  },
  'no-questions': { zh: '文件里没有找到题目。', en: 'No question was found in the file.' },
  'too-slow': {
    zh: '检查超过了时间或内存上限，请把文件分小一些。',
    en: 'Checking took more time or memory than allowed. Split the file.',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type ImportRefusalCode = keyof typeof IMPORT_REFUSALS;

export type WordDetails = Readonly<Record<string, string | number>>;
const MOST_SHOWN = 60;
/** Found text is quoted short: a cell of 30,000 characters is not a message. */
const shorten = (value: string | number): string => {
  const chars = [...String(value)];
  return chars.length > MOST_SHOWN * 4 ? `${chars.slice(0, MOST_SHOWN).join('')}…` : chars.join('');
};

/** The text with its details filled in. */
export const fillWords = (text: string, details: WordDetails): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => shorten(details[name] ?? ''));

/** Why a file is refused, in words. */
export interface ImportRefusal {
  readonly code: ImportRefusalCode;
  readonly zh: string;
  readonly en: string;
}
export const importRefusal = (code: ImportRefusalCode, details: WordDetails = {}): ImportRefusal => ({
  code,
  zh: fillWords(IMPORT_REFUSALS[code].zh, details),
  en: fillWords(IMPORT_REFUSALS[code].en, details),
});
