// 'Copy as Python': the selected run as a script.

import { expect, test } from './page';

const TWO = '#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001&run=adam,lr=0.1,schedule=cosine,t_max=50';

test('the selected run as PyTorch and as NumPy, copied with a press', async ({ lab, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open(TWO);
  await lab.page.getByRole('button', { name: 'Run B', exact: true }).click();
  await lab.button('Export').click();
  const script = page.locator('#script');
  await expect(script).toContainText('import torch');
  await expect(script).toContainText('Adam(');
  const torch = await script.innerText();
  await lab.button('Copy').click();
  // The clipboard takes its time; until then it holds what another test has left.
  await expect(page.locator('#toast')).toContainText('Script copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(torch);
  await lab.button('NumPy').click();
  await expect(script).toContainText('import numpy');
  await expect(script).not.toContainText('torch');
  await page.keyboard.press('Escape');
  await expect(script).toBeHidden();
});

test('where the clipboard is closed the script is selected instead', async ({ lab, page }) => {
  await lab.before(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
  });
  await lab.open(TWO);
  await lab.button('Export').click();
  await lab.button('Copy').click();
  await expect.poll(() => page.evaluate(() => String(getSelection()).length)).toBeGreaterThan(200);
});
