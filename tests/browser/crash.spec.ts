// What a person sees if the program breaks. It is broken from outside, by taking
// away an element of the skeleton that it looks up later: the product has no
// switch to make it fail.

import { expect, Lab, test } from './page';

async function crash(lab: Lab) {
  await lab.page.evaluate(() => document.getElementById('help-dialog')!.remove());
  await lab.page.keyboard.press('?');
  await expect(lab.page.getByRole('alertdialog')).toBeVisible();
}

/** The report of the crash in the console is what one wants then. */
function expectReported(lab: Lab) {
  expect(lab.complaints.join('\n')).toContain('panicked');
  lab.complaints.length = 0;
}

test('a notice with the link and what broke, not a dead page', async ({ lab, page }) => {
  await lab.open('#v=1&preset=too_large&step=7');
  await crash(lab);
  const dialog = page.getByRole('alertdialog', { name: 'Something broke in this page' });
  await expect(dialog.getByRole('textbox', { name: 'The link that caused it' })).toHaveValue(page.url());
  await expect(dialog.locator('#crash-detail')).toContainText('help-dialog');
  await expect(dialog.getByRole('link', { name: 'Try this link again' })).toBeFocused();
  await expect(dialog.getByRole('link', { name: 'Start over' })).toBeVisible();
  expectReported(lab);
  // Whatever is done behind the notice now, nothing more breaks.
  await page.keyboard.press('Escape');
  await lab.button('Play').click();
  await lab.rateSlider.press('ArrowRight');
  await lab.drawn();
  expect(lab.complaints).toEqual([]);
});

test('the same link again', async ({ lab, page }) => {
  await lab.open('#v=1&preset=too_large&step=7');
  await crash(lab);
  await page.getByRole('link', { name: 'Try this link again' }).click();
  await lab.ready();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(lab.picker('Scenario')).toHaveValue('too_large');
  await expect(lab.stepSlider).toHaveValue('7');
  await lab.button('Step forward').click();
  await expect(lab.stepSlider).toHaveValue('8');
  expectReported(lab);

  // A second time it works as well.
  await crash(lab);
  await page.getByRole('link', { name: 'Try this link again' }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await lab.ready();
  await expect(lab.stepSlider).toHaveValue('8');
  expectReported(lab);
});

test('start over', async ({ lab, page }) => {
  await lab.open('#v=1&preset=too_large&step=7');
  await crash(lab);
  await page.getByRole('link', { name: 'Start over' }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await lab.ready();
  await expect(lab.picker('Scenario')).toHaveValue('oscillating');
  await expect(lab.button('Pause')).toBeVisible();
  expectReported(lab);
});

test('a crash in the middle of a frame, in Chinese', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right&lang=zh');
  await page.evaluate(() => document.getElementById('off-map')!.remove());
  await page.getByRole('button', { name: '前进一步' }).click();
  const dialog = page.getByRole('alertdialog', { name: '页面出错了' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('link', { name: '从头开始' })).toBeVisible();
  expectReported(lab);
});

test('what was set by hand just before is in the link of the notice', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await page.evaluate(() => document.getElementById('off-map')!.remove());
  await lab.rateField.fill('0.0456');
  await lab.rateField.press('Enter');
  const link = page.getByRole('textbox', { name: 'The link that caused it' });
  await expect(link).toHaveValue(/lr=0\.0456/);
  expectReported(lab);
});

test('a module that cannot be loaded leaves words, not an empty page', async ({ lab, page }) => {
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'not found' }));
  await page.goto((await import('./page')).Lab.address);
  await expect(page.getByRole('alertdialog').or(page.getByRole('alert')).filter({ hasText: /\S/ }).first()).toBeVisible();
  lab.complaints.length = 0;
});

test('an address with a query of its own keeps it, and is opened again and again', async ({ lab, page }) => {
  await page.goto(`${Lab.address}?x=1#v=1&preset=too_large&step=7`);
  await lab.ready();
  for (const times of [1, 2]) {
    await crash(lab);
    await page.getByRole('link', { name: 'Try this link again' }).click();
    await expect(page).toHaveURL(new RegExp(`\\?x=1&again=${times}#`));
    await lab.ready();
    await expect(lab.stepSlider).toHaveValue('7');
    expectReported(lab);
  }
});
