import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { rootDir } from './lib/run.mjs';

/** A module imports lower ranks only. Audit and the transparency log are open to all. */
const moduleRanks = {
  people: 1,
  audit: 1,
  transparency: 1,
  courses: 2,
  admission: 2,
  identity: 3,
  employment: 3,
  plans: 3,
  driving: 3,
  learning: 4,
  exams: 5,
  documents: 5,
  certificates: 6,
  licences: 6,
  verification: 6,
  credentials: 6,
  recognition: 6,
  archive: 7,
  cases: 7,
  exchange: 7,
  engagement: 7,
  statistics: 7,
  retention: 7,
};

const openToAll = new Set(['audit', 'transparency']);

/** What each package may import, apart from itself. `'*'`: any package from the registry. */
const packageImports = {
  'packages/domain': [],
  'packages/contract': ['@antu/domain', 'zod'],
  'packages/proof': ['@noble/curves', '@noble/hashes', 'sm-crypto-v2'],
  'packages/web-kit': ['@antu/contract', '@antu/domain', '*'],
  'apps/learner-web': ['@antu/contract', '@antu/domain', '@antu/proof', '@antu/web-kit', '*'],
  'apps/enterprise-web': ['@antu/contract', '@antu/domain', '@antu/web-kit', '*'],
  'apps/supervision-web': ['@antu/contract', '@antu/domain', '@antu/web-kit', '*'],
  'apps/server': ['@antu/contract', '@antu/domain', '@antu/proof', 'node:', '*'],
};

const mostLines = 400;
const checkedFiles = /\.(ts|mjs|vue)$/;
/** TRAP: segments of HLS videos are also called .ts. */
const generatedFiles = /(^|\/)(dist|generated|node_modules|hls)\/|(components|auto-imports)\.d\.ts$/;

/** All problems of the sources, each as one line. */
export function findProblems(root = rootDir) {
  const files = ['packages', 'apps', 'scripts', 'bench', 'e2e', 'db', 'docs']
    .flatMap((folder) => listFiles(join(root, folder)))
    .map((path) => relative(root, path))
    .filter((path) => checkedFiles.test(path) && !generatedFiles.test(path));
  return files.flatMap((path) => checkFile(path, readFileSync(join(root, path), 'utf8')));
}

/** Problems of one file. `path` starts at the root of the checkout. */
export function checkFile(path, text) {
  const problems = [];
  const lines = text.split('\n').length - 1;
  if (lines > mostLines) problems.push(`${path}: ${lines} lines; ${mostLines} are the most`);
  const name = path.split('/').at(-1) ?? '';
  if (!path.endsWith('.vue') && !/^[a-z0-9]+([.-][a-z0-9]+)*\.(ts|mjs)$/.test(name))
    problems.push(`${path}: file names are kebab-case`);
  text.split('\n').forEach((line, index) => {
    if (isAny(line)) problems.push(`${path}:${index + 1}: no \`any\``);
    if (/\b(TODO|FIXME|XXX)\b/.test(line) && !path.startsWith('scripts/check-architecture'))
      problems.push(`${path}:${index + 1}: no open ends in the code`);
  });
  for (const imported of importsOf(text)) {
    const problem = checkImport(path, imported);
    if (problem) problems.push(`${path}: ${problem}`);
  }
  return problems;
}

function isAny(line) {
  const code = line.replace(/\/\/.*$|^\s*\*.*$|'[^']*'|`[^`]*`/g, '');
  return /(:|<|,|\||&|\bas)\s*any\b(?!\w)(?=\s*([;,)>|&=[\]{}]|$))/.test(code);
}

function importsOf(text) {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3]);
}

function checkImport(path, imported) {
  const home = Object.keys(packageImports).find((folder) => path.startsWith(`${folder}/`));
  if (imported.startsWith('.')) return checkRelative(path, join(dirname(path), imported), home);
  if (!home) return undefined;
  const isTool =
    /\.(test|bench)\.(ts|mjs)$/.test(path) ||
    path.includes('/testing/') ||
    path.startsWith('packages/proof/bin/') ||
    /\/vite(\.config\.ts|\/)/.test(path);
  // What ships is free of I/O where the table says so; tests and build tools may read files.
  if (isTool) return undefined;
  if (imported === 'zod' && isBrowserFile(path))
    return `${path.split('/').slice(0, 2).join('/')} may not import zod: pages come without schemas, see packages/web-kit/vite/bare-contract.ts`;
  const allowed = packageImports[home];
  const isOwn = imported.startsWith('@antu/');
  const isAllowed = allowed.some((name) =>
    name === '*'
      ? !isOwn && !imported.startsWith('node:')
      : name.endsWith(':')
        ? imported.startsWith(name)
        : imported === name || imported.startsWith(`${name}/`),
  );
  return isAllowed ? undefined : `${home} may not import ${imported}`;
}

function checkRelative(path, target, home) {
  const packageFolder = home?.split('/').slice(0, 2).join('/');
  // The demo's data is written by code beside it, which the modules' seeds call.
  if (home === 'apps/server' && target.startsWith('db/seed/')) return undefined;
  if (packageFolder && !target.startsWith(`${packageFolder}/`))
    return `imports ${target} of another package by path; use its name`;
  const from = moduleOf(path);
  const to = moduleOf(target);
  if (!home?.startsWith('apps/server') || from === to || !to) return undefined;
  const isTest = path.endsWith('.test.ts');
  if (!from)
    return isPlatformFile(path) && !isTest && !mayListModules(path)
      ? `the platform may not import the module ${to}`
      : undefined;
  if (!(to in moduleRanks) || !(from in moduleRanks)) return `a module of ${from} -> ${to} has no rank`;
  if (!isTest && !openToAll.has(to) && moduleRanks[to] >= moduleRanks[from])
    return `module ${from} may not import ${to}, which is not of a lower rank`;
  if (!target.endsWith(`/modules/${to}/index.ts`) && !target.includes(`/modules/${to}/testing`))
    return `imports ${target}; a module is entered by its index.ts`;
  return undefined;
}

const moduleOf = (path) => /^apps\/server\/src\/modules\/([^/]+)\//.exec(path)?.[1];
const isBrowserFile = (path) => /^(apps\/[a-z]+-web|packages\/web-kit)\//.test(path);
const isPlatformFile = (path) => path.startsWith('apps/server/src/platform/');
const mayListModules = (path) => /platform\/(cli|testing)\//.test(path);

function listFiles(folder) {
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(import.meta.filename ?? '')) {
  const problems = findProblems();
  for (const problem of problems) console.log(problem);
  console.log(problems.length === 0 ? 'architecture: no problems' : `architecture: ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
