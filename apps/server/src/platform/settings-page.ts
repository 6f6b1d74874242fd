import { settingsTable } from './settings-table.ts';

/** Text of docs/settings.md. */
export function settingsPage(): string {
  const rows = Object.entries(settingsTable).map(([name, spec]) => {
    const { fallback, allowed, zh, en } = spec;
    const secret = 'secret' in spec ? ' (secret)' : '';
    return `| \`${name}\`${secret} | ${fallback ? `\`${fallback}\`` : '–'} | ${allowed.en} | ${en}<br>${zh} |`;
  });
  return `# Settings

Antu is set up by environment variables. A wrong value, or a name that looks like a misspelt setting, stops the start with one
sentence. This page is generated from \`apps/server/src/platform/settings-table.ts\` by \`npm run antu -- settings-doc\`.

| name | default | allowed | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}

Keys are files (mode 0600) in \`KEY_DIR\`, made at the first start: \`master.key\` and \`data-keys.json\` open the encrypted columns,
\`postgres-*.password\` belong to the embedded database. Back them up apart from the data; without them encrypted columns stay shut.
`;
}
