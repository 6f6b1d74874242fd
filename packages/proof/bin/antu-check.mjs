#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkBundle, extractBundle } from '../src/index.ts';

// Checks a certificate without asking anybody: no network, no trust in the server that issued it.
const usage = `antu-check <证书.pdf | bundle.json> [--keys antu-keys.json] [--checkpoint 旧检查点] [--consistency proof.json] [--json]
退出码 exit code: 0 有效 valid · 1 无效 invalid · 2 缺少可信依据 no keys or proof given · 3 用法 usage`;

const names = {
  format: '证明文件的格式',
  chain: '变更记录前后相接',
  keys: '签名公钥来自您指定的文件',
  'signature-ed25519': '签名（Ed25519）',
  'signature-sm2': '签名（国密 SM2）',
  inclusion: '已写入透明日志',
  'log-signature-ed25519': '日志检查点的签名（Ed25519）',
  'log-signature-sm2': '日志检查点的签名（国密 SM2）',
  history: '日志延续了旧检查点',
};
const kinds = { document: '证书', 'document-event': '证书的变更', hours: '学时' };
const signs = { passed: '通过', failed: '不通过', open: '无法判断' };
const outcomes = {
  valid: '有效：内容与签发时一致，并已写入透明日志。',
  unpinned: '内容前后一致，但缺少可信依据：请用 --keys 指定您信任的公钥文件，或补充一致性证明。',
  invalid: '无效：以下项目不通过。',
};

process.exitCode = await main();

async function main() {
  let given;
  try {
    given = parseArgs({
      allowPositionals: true,
      options: {
        keys: { type: 'string' },
        checkpoint: { type: 'string' },
        consistency: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    return 3;
  }
  const { positionals, values } = given;
  const [path] = positionals;
  if (!path || positionals.length > 1) {
    console.error(usage);
    return 3;
  }
  try {
    const bundle = await extractBundle(await readFile(path));
    const options = {
      ...(values.keys ? { keys: readKeys(await readFile(values.keys, 'utf8')) } : {}),
      ...(values.checkpoint ? { oldCheckpoint: await readFile(values.checkpoint, 'utf8') } : {}),
      ...(values.consistency ? { consistency: JSON.parse(await readFile(values.consistency, 'utf8')) } : {}),
    };
    if (bundle === undefined) {
      console.error('文件中没有证明数据。The file holds no proof.');
      return 1;
    }
    const report = await checkBundle(bundle, options);
    if (values.json) console.log(JSON.stringify({ outcome: report.outcome, checks: report.checks }));
    else print(report);
    return { valid: 0, invalid: 1, unpinned: 2 }[report.outcome];
  } catch (error) {
    console.error(error.message);
    return 3;
  }
}

/** The published list, or a bare array of its entries. */
function readKeys(text) {
  const value = JSON.parse(text);
  const keys = Array.isArray(value) ? value : value.keys;
  if (!Array.isArray(keys)) throw new Error('公钥文件无法识别。The file of keys cannot be read.');
  return keys;
}

function print({ outcome, checks, bundle }) {
  for (const { name, outcome: one, statement, detail } of checks) {
    const about = statement === null ? '' : `${kinds[bundle?.statements[statement]?.kind] ?? ''} ${statement + 1} `;
    console.log(`${signs[one].padEnd(4, '　')} ${about}${names[name]}  [${detail}]`);
  }
  for (const statement of bundle?.statements ?? []) console.log(`\n${kinds[statement.kind]}原文:\n${statement.text}`);
  console.log(`\n${outcomes[outcome]}`);
}
