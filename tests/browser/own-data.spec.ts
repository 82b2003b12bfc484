// A person's own data: pasted, dropped, chosen as a file; kept, linked, refused.

import type { Page } from '@playwright/test';

import { faults } from './accessibility';
import { drop, dropRows } from './dropping';
import { expect, Lab, test } from './page';

const LINE = 'x,y\n1,2\n2,4.5\n3,5.5\n4,8\n';

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Your data' });
const message = (page: Page) => page.locator('#data-message');
const use = (page: Page) => page.getByRole('button', { name: 'Use these data' });

async function opened(lab: Lab, page: Page) {
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  await page.getByRole('button', { name: 'Your data…' }).click();
  await expect(dialogOf(page)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Table to paste' })).toBeFocused();
}

test('a table typed into the dialog becomes what the loss learns from', async ({ lab, page }) => {
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  const data = lab.picker('Data');
  const before = page.url();
  await data.selectOption({ label: 'Your own' });
  await expect(dialogOf(page)).toBeVisible();
  expect(await use(page).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Table to paste' }).fill(LINE);
  await expect(message(page)).toHaveText('4 rows can be used.');
  const preview = page.getByRole('region', { name: 'First rows of the table' });
  await expect(preview.getByRole('columnheader')).toHaveText(['x', 'y']);
  await expect(preview.getByRole('cell')).toHaveText(['1', '2', '2', '4.5', '3', '5.5', '4', '8']);
  await expect(page.getByRole('checkbox', { name: 'The first line holds names' })).toBeChecked();
  expect(page.url()).toBe(before);
  await use(page).click();
  await expect(dialogOf(page)).toBeHidden();
  await expect(page).toHaveURL(/loss=linear_regression,data=own&points=1,2;2,4\.5;3,5\.5;4,8&/);
  const link = page.url();
  const values = await page.locator('#verdict-text').innerText();
  await page.reload();
  await lab.ready();
  expect(page.url()).toBe(link);
  await expect(page.locator('#verdict-text')).toHaveText(values);
  await expect(lab.notice).toBeHidden();
  await page.goBack();
  await expect(lab.picker('Data')).not.toHaveValue('7');
  await page.goForward();
  await expect(page).toHaveURL(link);
});

test('Escape closes the dialog, changes nothing and gives the focus back', async ({ lab, page }) => {
  await opened(lab, page);
  const before = page.url();
  await page.keyboard.type('1,2\n2,5\n3,6');
  await expect(message(page)).toHaveText('3 rows can be used.');
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Your data…' })).toBeFocused();
  expect(page.url()).toBe(before);
  // What was typed is still there.
  await page.keyboard.press('Enter');
  await expect(message(page)).toHaveText('3 rows can be used.');
  await use(page).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/points=1,2;2,5;3,6&columns=A,B/);
});

test('lines pasted on the page open the dialog; a word does not', async ({ lab, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open('#v=1&preset=about_right');
  const paste = async (text: string) => {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await lab.map.focus();
    await page.keyboard.press('Control+V');
    await lab.drawn();
  };
  await paste('hello');
  await expect(dialogOf(page)).toBeHidden();
  await paste('height;mass\n1,5;50\n1,7;65\n1,8;82\n');
  await expect(dialogOf(page)).toBeVisible();
  await expect(message(page)).toHaveText('3 rows can be used. Commas are read as decimal signs.');
  await use(page).click();
  await expect(page).toHaveURL(/loss=linear_regression,data=own&points=1\.5,50;1\.7,65;1\.8,82&columns=height,mass/);
});

test('a file that is dropped or chosen is read', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await drop(page, 'a\tb\n1\t2\n3\t5\n', 'measured.tsv');
  await expect(dialogOf(page)).toBeVisible();
  await expect(page.getByText('measured.tsv')).toBeVisible();
  await expect(message(page)).toHaveText('2 rows can be used.');
  await page.locator('#data-file').setInputFiles({
    name: 'other.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('2019,2020\n1,2\n3,4\n5,7\n'),
  });
  await expect(page.getByText('other.csv')).toBeVisible();
  await expect(message(page)).toHaveText('4 rows can be used.');
  await page.getByRole('checkbox', { name: 'The first line holds names' }).check();
  await expect(message(page)).toHaveText('3 rows can be used.');
  await lab.picker('x, to learn from').selectOption({ label: '2020' });
  await expect(message(page)).toHaveText('"2020" is chosen twice. Choose different columns.');
  expect(await use(page).isDisabled()).toBe(true);
  await lab.picker('y, to be found').selectOption({ label: '2019' });
  await use(page).click();
  await expect(page).toHaveURL(/points=2,1;4,3;7,5&columns=2020,2019/);
  await drop(page, '1,2\n2,4\n');
  await expect(message(page)).toHaveText('2 rows can be used.');
});

test('two classes of three are told apart by two features', async ({ lab, page }) => {
  await opened(lab, page);
  const rows = ['kind,a,b', 'x,1,2', 'y,3,1', 'z,5,5', 'x,2,2', 'z,6,7', 'y,,1'];
  await page.getByRole('textbox', { name: 'Table to paste' }).fill(rows.join('\n'));
  await expect(message(page)).toHaveText('5 rows can be used. 1 left out: line 7, "a": missing.');
  await lab.picker('Loss').last().selectOption({ label: 'Logistic regression' });
  await expect(message(page)).toContainText('2 of other classes are not.');
  await lab.picker('Class 1').selectOption({ label: 'z' });
  await expect(message(page)).toContainText('4 rows can be used.');
  await use(page).click();
  await expect(page).toHaveURL(/loss=logistic_regression,data=own,intercept=1&points=1,2,0;5,5,1;2,2,0;6,7,1&columns=a,b,kind/);
  await expect(lab.picker('Data').locator('option:checked')).toHaveText('Your own');
});

test('one feature is enough for two classes', async ({ lab, page }) => {
  await opened(lab, page);
  const rows = ['hours,passed', '0.5,0', '1,0', '1.5,1', '2,0', '3,1'];
  await page.getByRole('textbox', { name: 'Table to paste' }).fill(rows.join('\n'));
  await expect(message(page)).toHaveText('5 rows can be used.');
  await lab.picker('Loss').last().selectOption({ label: 'Logistic regression' });
  await expect(lab.picker('x₂, to learn from').locator('option:checked')).toHaveText('none');
  await use(page).click();
  await expect(page).toHaveURL(
    /loss=logistic_regression,data=own,intercept=1&points=0\.5,0;1,0;1\.5,1;2,0;3,1&columns=hours,passed/,
  );
  await expect(page.locator('#data-caption')).toHaveText('the curve at the puck');
});

test('three columns of numbers are two features and a target, or one', async ({ lab, page }) => {
  await opened(lab, page);
  const rows = ['size,rooms,price', '50,2,100', '60,1,130', '70,3,150', '95,3,210'];
  await page.getByRole('textbox', { name: 'Table to paste' }).fill(rows.join('\n'));
  await expect(message(page)).toHaveText('4 rows can be used.');
  await lab.picker('x₂, to learn from').selectOption({ label: 'none' });
  await expect(lab.picker('x, to learn from').locator('option:checked')).toHaveText('size');
  await lab.picker('x₂, to learn from').selectOption({ label: 'rooms' });
  await use(page).click();
  await expect(page).toHaveURL(
    /loss=linear_regression,data=own,features=2&points=50,2,100;60,1,130;70,3,150;95,3,210&columns=size,rooms,price/,
  );
  await expect(page.locator('#data-caption')).toHaveText('level lines of ŷ at the puck');
});

const BAD: [string, string, string][] = [
  ['one row', 'x,y\n1,2\n', 'Only one row can be used with these columns. Two are needed at least.'],
  ['a constant column', 'x,y\n1,2\n1,3\n', '"x" is the same in every row, so nothing can be learnt from it. It needs two different values at least.'],
  ['text only', 'a,b\nc,d\ne,f\n', 'No column holds numbers.'],
  ['one column', '1\n2\n3\n', 'There is only one column. Two are needed at least, with commas, semicolons or tabs between them.'],
  ['a web page', '<!doctype html>\n<p>1,2</p>\n', 'This is a web page and no table. Copy the table itself, or save it as CSV.'],
  ['an image', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'This is no text: line 2 has bytes that no text has. Save the table as CSV.'],
  ['an open quote', 'x,y\n1,"2\n3,4\n', 'The quote that opens on line 2 is never closed.'],
  ['nothing', ' \n\n', 'There is nothing in it.'],
  ['uneven rows', 'x,y\n1,2,3\n4,5,6\n', 'No row has as many cells as the first line: line 2 has 3 cells and not 2.'],
];

test('what is no table is refused in words, and the data on the page are kept', async ({ lab, page }) => {
  const link = '#v=1&loss=linear_regression,data=own&points=1,2;2,4;3,5&run=sgd,lr=0.05&step=7';
  await lab.open(link);
  const drawn = () => page.locator('#map-base').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const before = await drawn();
  for (const [what, text, words] of BAD) {
    await drop(page, text, `${what}.csv`);
    await expect(message(page), what).toHaveText(words);
    expect(await use(page).isDisabled(), what).toBe(true);
  }
  const large = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(53 * 1024 * 1024)], 'large.csv'));
    return data;
  });
  await page.dispatchEvent('#data-dialog', 'drop', { dataTransfer: large });
  await expect(message(page)).toHaveText('This file is larger than 50 MB. Leave out rows or columns that are not needed.');
  await page.keyboard.press('Escape');
  expect(new URL(page.url()).hash).toBe(link);
  expect(await drawn()).toBe(before);
});

test('rows that cannot be used are named by line and column', async ({ lab, page }) => {
  await opened(lab, page);
  await page.getByRole('textbox', { name: 'Table to paste' }).fill('x,y\n1,2\n2,abc\n3,1e400\n4,nan\n5,6,7\n6,\n7,8\n');
  await expect(message(page)).toHaveText(
    '2 rows can be used. 5 left out: line 3, "y": "abc" is no number; ' +
      'line 4, "y": "1e400" is no finite number up to 1e12; line 5, "y": "nan" is no finite number up to 1e12; ' +
      'line 6 has 3 cells and not 2 …',
  );
});

test('reading is stopped by a button and by closing', async ({ lab, page }) => {
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  const before = page.url();
  // As from a disk that does not answer until it is told to.
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype;
    const disk = { answers: [] as (() => void)[], reads: [] as Promise<ArrayBuffer>[] };
    Object.assign(window, { disk });
    Blob.prototype.arrayBuffer = function () {
      const read = new Promise<void>((done) => disk.answers.push(done)).then(() => arrayBuffer.call(this));
      disk.reads.push(read);
      return read;
    };
  });
  const answer = () => page.evaluate(async () => {
    type Disk = { answers: (() => void)[]; reads: Promise<ArrayBuffer>[] };
    const { disk } = window as unknown as { disk: Disk };
    for (const done of disk.answers) done();
    await Promise.all(disk.reads);
  });
  await dropRows(page, 400_000);
  await page.getByRole('button', { name: 'Stop reading' }).click();
  await expect(page.getByRole('progressbar', { name: 'Reading the table' })).toBeHidden();
  await answer();
  await lab.settled();
  await expect(message(page)).toHaveText('');
  await dropRows(page, 400_000);
  await expect(page.getByRole('progressbar', { name: 'Reading the table' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toBeHidden();
  await answer();
  await lab.settled();
  await page.getByRole('button', { name: 'Your data…' }).click();
  await expect(message(page)).toHaveText('');
  expect(page.url()).toBe(before);
});

test('data that are too large for a link stay in this browser', async ({ lab, page, browser }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  await dropRows(page, 2000);
  await expect(message(page)).toHaveText('2,000 rows can be used.');
  await use(page).click();
  await expect(page).toHaveURL(/data=own&stored=[0-9a-f]{16}/);
  await expect(page.locator('#data-note')).toHaveText('Too large for a link: kept in this browser only.');
  const words = await page.locator('#verdict-text').innerText();
  await lab.button('Share').click();
  await expect(page.getByText('Link copied. Your data are not in it')).toBeVisible();
  const link = page.url();

  await lab.type(lab.rateField, '1e-7');
  await page.goBack();
  await expect(page).toHaveURL(link);
  await expect(lab.notice).toBeHidden();

  await page.reload();
  await lab.ready();
  await expect(page.locator('#verdict-text')).toHaveText(words);
  await expect(lab.notice).toBeHidden();
  expect(page.url()).toBe(link);

  const elsewhere = await browser.newContext({ locale: 'en-US' });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(other.locator('#notices [role=alert]')).toContainText('stay in the browser in which they were loaded');
  await elsewhere.close();
});

test('where the browser keeps nothing that is said, and the data are there all the same', async ({ lab, page }) => {
  await lab.before(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  await dropRows(page, 1500);
  await expect(message(page)).toHaveText('1,500 rows can be used.');
  await use(page).click();
  await expect(lab.notice).toContainText('This browser did not keep your data');
  await expect(page).toHaveURL(/stored=/);
  await lab.type(lab.rateField, '1e-7');
  await page.goBack();
  await expect(lab.picker('Data').locator('option:checked')).toHaveText('Your own');
});

test('on a phone everything of the dialog is in reach', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('#v=1&loss=logistic_regression&run=sgd,lr=0.01');
  await drop(page, 'a,b,kind\n1,2,x\n3,1,y\n5,5,x\n2,8,y\n', 'four.csv');
  await expect(message(page)).toHaveText('4 rows can be used.');
  const sizes = await page.locator('#data-dialog').evaluate((dialog) => {
    const controls = [...dialog.querySelectorAll<HTMLElement>('button, select, label.check')];
    const heights = controls.filter((control) => control.offsetParent && control.id !== 'data-close');
    return [dialog.scrollWidth - dialog.clientWidth, ...heights.map((control) => control.offsetHeight)];
  });
  expect(sizes[0]).toBe(0);
  expect(Math.min(...sizes.slice(1))).toBeGreaterThanOrEqual(44);
  expect(await faults(page, '#data-dialog')).toEqual([]);
  await use(page).click();
  await expect(page).toHaveURL(/points=1,2,0;3,1,1;5,5,0;2,8,1/);
});
