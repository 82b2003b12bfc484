// The link handed on.

import { expect, test } from './page';

test('Share copies a link that shows the same to somebody else', async ({ lab, page, browser }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open('#v=1&preset=about_right');
  await lab.type(lab.rateField, '0.0777');
  await lab.type(lab.field('Start x'), '-5.5');
  await lab.button('Zoom in').click();
  await lab.button('Step forward').click();
  await lab.button('Step forward').click();
  await lab.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());
  expect(link).toContain('run=sgd,lr=0.0777');

  const context = await browser.newContext({ viewport: page.viewportSize(), locale: 'en-US' });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.locator('html[data-ready]')).toBeAttached();
  await expect(other.getByRole('textbox', { name: 'Learning rate value' })).toHaveValue('0.0777');
  await expect(other.getByRole('slider', { name: 'Step', exact: true })).toHaveValue('2');
  await expect(other.locator('#verdict-text')).toHaveText(await page.locator('#verdict-text').innerText());
  const pixels = (of: typeof page) => of.locator('#map-base').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  expect(await pixels(other)).toBe(await pixels(page));
  await context.close();
});

test.describe('on a stopped clock', () => {
  test.use({ ownContext: true });

  test('the note that a link was copied goes away', async ({ lab, page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = lab.page.getByText('Link copied');
    await page.addInitScript(() => {
      // Counts what has been copied: the clipboard takes its time, whatever the clock says.
      const { writeText } = Clipboard.prototype;
      Clipboard.prototype.writeText = function (text) {
        return writeText.call(this, text).then(() => {
          document.documentElement.dataset.copies = String(Number(document.documentElement.dataset.copies ?? 0) + 1);
        });
      };
    });
    const share = async (copies: number) => {
      await lab.button('Share').click();
      await lab.pass(20);
      await expect(page.locator('html')).toHaveAttribute('data-copies', String(copies));
      await lab.pass(20);
    };
    await lab.stopClock();
    await lab.open('#v=1&preset=about_right');
    await share(1);
    await expect(copied).toBeVisible();
    await lab.pass(1500);
    await share(2);
    // The second note has its own three seconds.
    await lab.pass(2000);
    await expect(copied).toBeVisible();
    await lab.pass(1000);
    await expect(copied).toBeHidden();
  });
});

test('the link of a playing page stands still', async ({ lab, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open();
  await expect.poll(() => lab.step()).toBeGreaterThan(1);
  await lab.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/step=\d+/);
  expect(link).not.toContain('play');
});

for (const [what, take] of [
  ['is missing', () => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })],
  ['refuses', () => { Clipboard.prototype.writeText = () => Promise.reject(new Error('not allowed')); }],
] as const) {
  test(`where the clipboard ${what} the link is shown to be copied by hand`, async ({ lab, page }) => {
    await lab.before(take);
    await lab.open('#v=1&preset=about_right');
    await lab.button('Step forward').click();
    await lab.button('Share').click();
    const dialog = page.getByRole('dialog', { name: 'Copy this link' });
    await expect(dialog).toBeVisible();
    const field = dialog.getByRole('textbox');
    await expect(field).toHaveValue(page.url());
    await expect(field).toBeFocused();
    expect(page.url()).toContain('step=1');
    const marked = await field.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]);
    expect(marked).toEqual([0, page.url().length]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await lab.button('Share').click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
  });
}
