import type { BundleReport, CheckName, CheckOutcome, LeafKind } from '@antu/proof';

/** Chinese first, English under it: the page is one file and knows no settings. */
type Text = { zh: string; en: string };

export const texts = {
  title: { zh: '自己核对证书', en: 'Check a certificate yourself' },
  intro: {
    zh: '选择证书 PDF 或证明文件。全部计算都在您的设备上完成，不联网，文件不会上传。',
    en: 'Choose the PDF of the certificate or its proof file. Everything is computed on your device; nothing is sent.',
  },
  choose: { zh: '选择文件', en: 'Choose files' },
  orDrop: { zh: '也可以把文件拖到这里', en: 'or drop them here' },
  save: { zh: '把本页存下来，断网也能用', en: 'Save this page and use it without a network' },
  more: {
    zh: '可以一起选择：公钥文件（antu-keys.json）、您以前保存的日志检查点、一致性证明。',
    en: 'You can add: a file of keys, a checkpoint of the log you kept, a consistency proof.',
  },
  checks: { zh: '核对项目', en: 'What was checked' },
  content: { zh: '证书写明的内容', en: 'What the certificate says' },
  compare: { zh: '请与您手中的证书逐项对照。', en: 'Compare it line by line with the paper you hold.' },
  keysOfPage: { zh: '公钥：随本页保存', en: 'Keys: saved with this page' },
  keysGiven: { zh: '公钥：您提供的文件', en: 'Keys: the file you gave' },
  keysNone: { zh: '公钥：没有可信来源', en: 'Keys: none from a source of their own' },
  noProof: { zh: '文件里没有证明数据', en: 'The file holds no proof' },
  noProofHint: {
    zh: '请选择从安途下载的证书 PDF 原件；截图、打印后扫描的文件不带证明。',
    en: 'Choose the original PDF; screenshots and scans carry no proof.',
  },
  later: {
    zh: '这里看到的是文件生成时的状态。之后是否被撤销，请扫描证书上的二维码查询。',
    en: 'This is the state when the file was made. Scan the code on the paper to see whether it was revoked since.',
  },
  number: { zh: '编号', en: 'Number' },
  code: { zh: '查询码', en: 'Code' },
  issued: { zh: '签发日期', en: 'Issued' },
  until: { zh: '有效期至', en: 'Valid until' },
  change: { zh: '变更', en: 'Change' },
} as const satisfies Record<string, Text>;

export const outcomeTexts: Record<BundleReport['outcome'], { title: Text; text: Text }> = {
  valid: {
    title: { zh: '核对通过', en: 'Genuine' },
    text: {
      zh: '内容与签发时一致，签名有效，并已写入透明日志。',
      en: 'Unchanged since it was issued, signed, and in the log.',
    },
  },
  unpinned: {
    title: { zh: '内容前后一致，但缺少可信依据', en: 'Consistent, but nothing to trust it by' },
    text: {
      zh: '请补充公钥文件或一致性证明，再核对一次。',
      en: 'Add the file of keys or the consistency proof and check again.',
    },
  },
  invalid: {
    title: { zh: '核对不通过', en: 'Not genuine' },
    text: { zh: '内容被改动过，或不是由所声明的机构签发。', en: 'It was changed, or issued by somebody else.' },
  },
};

export const checkTexts: Record<CheckName, string> = {
  format: '证明文件的格式',
  chain: '变更记录前后相接',
  keys: '公钥来自可信来源',
  'signature-ed25519': '签发签名（Ed25519）',
  'signature-sm2': '签发签名（国密 SM2）',
  inclusion: '已写入透明日志',
  'log-signature-ed25519': '日志签名（Ed25519）',
  'log-signature-sm2': '日志签名（国密 SM2）',
  history: '日志没有被改写',
};

export const kindTexts: Record<LeafKind, string> = { document: '证书', 'document-event': '变更', hours: '学时' };
export const outcomeMarks: Record<CheckOutcome, string> = { passed: '✓ 通过', failed: '✗ 不通过', open: '？ 待补充' };

/** What may have happened to a document. */
export const statusTexts: Readonly<Record<string, string>> = {
  replaced: '已换发',
  revoked: '已撤销',
  withdrawn: '已撤回',
  cancelled: '已注销',
  suspended: '已暂停',
  restored: '已恢复',
};

/** The paper is genuine and no longer holds. */
export const endedTexts = (status: string): { title: Text; text: Text } => ({
  title: { zh: `证书是真的，但${statusTexts[status] ?? '已变更'}`, en: `Genuine, but ${status}` },
  text: {
    zh: '内容与签发时一致；变更日期见下。',
    en: 'Unchanged since it was issued; see below for the date of the change.',
  },
});
