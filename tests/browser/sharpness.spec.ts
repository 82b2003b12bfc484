// The chart of sharpness: reached by keyboard, said in words, honest where it does not apply.

import { expect, test, type Lab } from './page';

const tab = (lab: Lab, name: string) => lab.page.getByRole('tab', { name, exact: true });

test.beforeEach(async ({ lab }) => lab.recordDrawing());

/** The words drawn while `act` was done. */
async function wordsDrawn(lab: Lab, act: () => Promise<void>) {
  await lab.page.evaluate(() => { (window as unknown as { drawnWords: string[] }).drawnWords.length = 0; });
  await act();
  await lab.drawn();
  return lab.page.evaluate(() => [...(window as unknown as { drawnWords: string[] }).drawnWords]);
}

test('its tab stands between step length and results and is worked by arrow keys', async ({ lab, page }) => {
  await lab.open('#v=1&preset=oscillating');
  await tab(lab, 'Step length').click();
  await lab.drawn();
  const before = await lab.picture('chart');
  const words = await wordsDrawn(lab, () => page.keyboard.press('ArrowRight'));
  await expect(tab(lab, 'Sharpness')).toBeFocused();
  await expect(tab(lab, 'Sharpness')).toHaveAttribute('aria-selected', 'true');
  expect(await lab.picture('chart')).not.toBe(before);
  for (const word of ['limit 2', 'λ', 'max']) expect(words).toContain(word);
  const chart = page.locator('#chart');
  await expect(chart).toHaveAttribute('aria-label', 'rate × sharpness by step, logarithmic: from 1.70 to 1.70; the limit is 2.');
  await expect(page.locator('#chart-words')).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await expect(tab(lab, 'Sweep')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('table')).toBeVisible();
});

test('the line follows the rate, and the limit the rule', async ({ lab, page }) => {
  await lab.open('#v=1&loss=quadratic,kappa=20&run=sgd,lr=0.085');
  await tab(lab, 'Sharpness').click();
  const chart = page.locator('#chart');
  await expect(chart).toHaveAttribute('aria-label', /to 1\.70; the limit is 2\.$/);
  await lab.rateSlider.focus();
  await page.keyboard.press('PageUp');
  await expect(chart).not.toHaveAttribute('aria-label', /1\.70/);
  const optimizer = page.getByRole('combobox', { name: 'Optimizer' }).first();
  for (const [rule, limit] of [['momentum', '3.8'], ['nesterov', '1.36'], ['adam', '38'], ['rmsprop', '2']]) {
    const words = await wordsDrawn(lab, async () => { await optimizer.selectOption(rule); });
    await expect(chart).toHaveAttribute('aria-label', new RegExp(`the limit is ${limit}\\.$`));
    expect(words, rule).toContain(`limit ${limit}`);
  }
  await expect(chart).toHaveAttribute('aria-label', /^rate × sharpness after scaling/);
});

test('a rule that has none says why, beside the lines of the others', async ({ lab, page }) => {
  await lab.open('#v=1&loss=quadratic&run=lion,lr=0.05&run=momentum,lr=0.02');
  await tab(lab, 'Sharpness').click();
  const words = page.locator('#chart-words');
  await expect(words).toBeVisible();
  await expect(words).toHaveText(/^Does not apply to this rule: only the signs of its momentum count/);
  await expect(page.locator('#chart')).toHaveAttribute('aria-label', 'Sharpness');
  await page.keyboard.press('Escape');
  await page.locator('body').press('2');
  await expect(words).toBeHidden();
  await expect(page.locator('#chart')).toHaveAttribute('aria-label', /the limit is 3\.8\.$/);
  await tab(lab, 'Loss').click();
  await page.locator('body').press('1');
  await expect(words).toBeHidden();
});

test('every rule can be looked at, and nothing shows NaN', async ({ lab, page }) => {
  await lab.open('#v=1&loss=rastrigin&start=0.4,0.6&steps=60&run=sgd,lr=0.015');
  await tab(lab, 'Sharpness').click();
  const optimizer = page.getByRole('combobox', { name: 'Optimizer' }).first();
  const rules = await optimizer.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  expect(rules.length).toBeGreaterThan(15);
  for (const rule of rules.reverse()) {
    const words = await wordsDrawn(lab, async () => { await optimizer.selectOption(rule); });
    const silent = await page.locator('#chart-words').isVisible();
    expect(words.some((word) => word.startsWith('limit ')), rule).toBe(!silent);
    expect(words.join('|'), rule).not.toContain('NaN');
  }
});

test('in Chinese', async ({ lab, page }) => {
  await lab.open('#v=1&loss=quadratic,kappa=20&run=sgd,lr=0.085&run=newton&lang=zh');
  const words = await wordsDrawn(lab, () => tab(lab, '锐度').click());
  expect(words).toContain('上限 2');
  await expect(page.locator('#chart')).toHaveAttribute('aria-label', '学习率 × 锐度随步数的变化（对数坐标）：从 1.70 到 1.70，上限为 2。');
  await page.locator('body').press('2');
  await expect(page.locator('#chart-words')).toHaveText(/^锐度对这个算法不适用：.+。$/);
});

for (const [width, height] of [[1280, 800], [1440, 900], [390, 844]]) {
  test(`no tab is cut at ${width} × ${height}`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height });
    for (const language of ['en', 'zh']) {
      await lab.open(`#v=1&loss=quadratic&run=sgd,lr=0.1&lang=${language}`);
      const clipped = await page.getByRole('tablist').evaluate((list) => {
        const { left, right } = list.getBoundingClientRect();
        const tabs = [...list.children].map((tab) => tab.getBoundingClientRect());
        return tabs.filter((tab) => tab.left < left - 1 || tab.right > right + 1).length
          + tabs.filter((tab) => tab.width < 20 || tab.height < 36).length;
      });
      expect(clipped, language).toBe(0);
    }
  });
}
