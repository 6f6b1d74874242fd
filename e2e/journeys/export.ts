import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { expectThat, type Journey } from '../lib/journey.ts';
import { desktop } from '../lib/stage.ts';

/** The safety manager takes all hours of the year home as a table. */
export const exportJourney: Journey = {
  name: 'export of all hours as a table',
  limitMs: 60_000,
  walk: async (stage) => {
    const manager = await stage.visitor(desktop);
    const { page } = manager;
    await manager.comeBack('/enterprise/', 'manager');
    await manager.go('/enterprise/exports');
    await page.getByRole('heading', { name: '学时导出' }).waitFor();
    await page.getByRole('button', { name: '今年' }).click();
    await page.getByRole('button', { name: '开始导出' }).click();
    const file = page.getByRole('link', { name: /^下载 .+\.xlsx$/ }).first();
    await file.waitFor({ timeout: 30_000 });
    await manager.checkPage('exports with a file');
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    expectThat(download.suggestedFilename().endsWith('.xlsx'), `the file is called ${download.suggestedFilename()}`);

    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(readFileSync(await download.path()).buffer);
    const [sheet] = workbook.worksheets;
    expectThat(sheet !== undefined, 'the table has no sheet');
    const row = page.getByRole('row').filter({ has: file });
    const shown = Number((await row.getByRole('cell').nth(2).innerText()).replaceAll(',', ''));
    expectThat(shown > 30, `the export has ${shown} rows`);
    expectThat(sheet.rowCount > shown, `the table has ${sheet.rowCount} lines for ${shown} rows and a head`);
    const words = JSON.stringify([...Array(4).keys()].map((at) => sheet.getRow(at + 1).values));
    expectThat(/[\u4e00-\u9fff]{2,}/.test(words), `the table has no Chinese head: ${words}`);
    // The table goes to the authority and the archive: whole ID numbers, as text.
    expectThat(/"\d{17}[\dX]"/.test(words), `the table does not name people by ID number: ${words}`);
  },
};
