import {
  type BundleKey,
  type BundleReport,
  checkBundle,
  type DocumentClaims,
  type DocumentEventClaims,
} from '@antu/proof';
import { keysOf, sortFiles } from './sort-files.ts';
import { checkTexts, endedTexts, kindTexts, outcomeMarks, outcomeTexts, statusTexts, texts } from './texts.ts';

// A page of its own without the app: one file that can be kept and opened without a network. It never sends anything.

type Text = { zh: string; en: string };
type Child = Node | string;

function element(name: string, className: string, ...children: Child[]): HTMLElement {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

const both = (name: string, { zh, en }: Text): HTMLElement[] => [element(name, '', zh), english(en)];
function english(text: string): HTMLElement {
  const made = element('p', 'en', text);
  made.lang = 'en';
  return made;
}

const pinned = keysOf(JSON.parse(document.querySelector('#pinned')?.textContent ?? 'null'));
const result = element('div', '');
result.setAttribute('aria-live', 'polite');

function start(page: HTMLElement): void {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', multiple: true, accept: '.pdf,.json,.txt,application/pdf,application/json' });
  input.setAttribute('aria-label', texts.choose.zh);
  const drop = element('label', 'drop', input, element('span', 'button', texts.choose.zh));
  drop.append(element('p', 'small', texts.orDrop.zh));
  input.addEventListener('change', () => void show([...(input.files ?? [])]));
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', () => drop.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    void show([...(event.dataTransfer?.files ?? [])]);
  });
  page.append(...both('h1', texts.title), ...both('p', texts.intro), drop, element('p', 'small', texts.more.zh));
  if (location.protocol !== 'file:') page.append(saveLink());
  page.append(result);
}

function saveLink(): HTMLElement {
  const link = document.createElement('a');
  link.className = 'save';
  link.download = 'antu-check.html';
  link.href = location.pathname;
  link.textContent = texts.save.zh;
  return link;
}

async function show(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const sorted = await sortFiles(
    await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer()))),
  );
  if (sorted.bundle === undefined) {
    result.replaceChildren(
      element('section', 'result invalid', ...both('h2', texts.noProof), element('p', '', texts.noProofHint.zh)),
    );
    return;
  }
  const keys = sorted.keys ?? pinned;
  const { oldCheckpoint, consistency } = sorted;
  const report = await checkBundle(sorted.bundle, {
    ...(keys ? { keys } : {}),
    ...(oldCheckpoint === undefined ? {} : { oldCheckpoint }),
    ...(consistency ? { consistency } : {}),
  });
  result.replaceChildren(...present(report, sorted.keys));
}

function present(report: BundleReport, given: readonly BundleKey[] | undefined): HTMLElement[] {
  const ended = report.outcome === 'valid' ? lastStatus(report) : undefined;
  const { title, text } = ended === undefined ? outcomeTexts[report.outcome] : endedTexts(ended);
  const look = ended === undefined ? report.outcome : 'unpinned';
  const origin = given ? texts.keysGiven : pinned ? texts.keysOfPage : texts.keysNone;
  const parts = [
    element(
      'section',
      `result ${look}`,
      element('h2', '', title.zh),
      element('p', '', text.zh),
      english(`${title.en}. ${text.en}`),
    ),
    element('p', 'small', origin.zh),
  ];
  if (report.outcome !== 'invalid') parts.push(...content(report));
  return [...parts, ...both('h2', texts.checks), checkList(report)];
}

/** What was last decided about the document, if it no longer holds since. */
function lastStatus({ bundle }: BundleReport): string | undefined {
  const last = bundle?.statements.findLast(({ kind }) => kind === 'document-event');
  const status = last && (JSON.parse(last.text) as Partial<DocumentEventClaims>).status;
  return status === 'restored' ? undefined : status;
}

function checkList({ checks, bundle }: BundleReport): HTMLElement {
  const lines = checks.map(({ name, outcome, statement }) => {
    const kind = statement === null ? undefined : bundle?.statements[statement]?.kind;
    const about = kind ? `${kindTexts[kind]}：` : '';
    return element('li', outcome, element('span', 'mark', outcomeMarks[outcome]), `${about}${checkTexts[name]}`);
  });
  return element('ul', '', ...lines);
}

/** What stands on the paper. Shown only once it is proved to be what was signed. */
function content({ bundle }: BundleReport): HTMLElement[] {
  const [first, ...others] = bundle?.statements ?? [];
  if (!first) return [];
  const claims = JSON.parse(first.text) as Partial<DocumentClaims>;
  const rows: [string, string][] = [
    [texts.number.zh, claims.number ?? ''],
    [texts.code.zh, claims.code ?? ''],
    ...(claims.fields ?? []).map((field): [string, string] => [
      field.label,
      field.value ?? field.maskedValue ?? '（仅持证人可见）',
    ]),
    [texts.issued.zh, dateOf(claims.issuedAtMs)],
    [texts.until.zh, claims.validUntilMs === null ? '长期' : dateOf(claims.validUntilMs)],
  ];
  for (const { kind, text } of others) {
    if (kind !== 'document-event') continue;
    const event = JSON.parse(text) as Partial<DocumentEventClaims>;
    rows.push([texts.change.zh, `${dateOf(event.atMs)} ${statusTexts[event.status ?? ''] ?? event.status ?? ''}`]);
  }
  const list = rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => element('div', '', element('dt', '', label), element('dd', '', value)));
  return [
    ...both('h2', texts.content),
    element('p', '', texts.compare.zh),
    element('dl', '', ...list),
    element('p', 'small', texts.later.zh),
  ];
}

/** China calendar day. */
function dateOf(ms: number | null | undefined): string {
  if (typeof ms !== 'number') return '';
  return new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(ms);
}

const page = document.querySelector<HTMLElement>('#page');
if (page) start(page);
