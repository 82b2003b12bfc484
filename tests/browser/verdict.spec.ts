// The verdict: one plain sentence with the numbers in it.

import { expect, test } from './page';

const OUTCOMES: { preset: string; outcome: string; says: (string | RegExp)[] }[] = [
  { preset: 'too_small', outcome: 'crawls', says: ['Crawls', '100', /curvature = 0\.10/, 'limit 2'] },
  { preset: 'about_right', outcome: 'converges', says: ['Converges', /curvature = 0\.80/, 'without overshooting'] },
  { preset: 'oscillating', outcome: 'oscillates', says: ['Oscillates', /curvature = 1\.70/, 'overshoot'] },
  { preset: 'at_the_limit', outcome: 'bounces', says: ['Bounces', /curvature = 2\.00/, 'exactly the limit'] },
  { preset: 'too_large', outcome: 'diverges', says: ['Diverges', /curvature = 2\.10/, 'above the limit of 2', /by 1\.10/] },
  { preset: 'thrown_out', outcome: 'stalls', says: ['Stalls', 'not in a minimum'] },
];

test('the sentence for every outcome', async ({ lab, page }) => {
  for (const { preset, outcome, says } of OUTCOMES) {
    await lab.open(`#v=1&preset=${preset}`);
    const verdict = page.getByRole('status').filter({ hasText: /\S/ });
    await expect.soft(verdict, preset).toHaveCount(1);
    await expect.soft(verdict, preset).toHaveAttribute('data-outcome', outcome);
    for (const words of says) await expect.soft(verdict, preset).toContainText(words);
    // The glyph beside it means the same.
    const shown = page.locator('#verdict-glyph svg:visible');
    await expect.soft(shown, preset).toHaveCount(1);
    await expect.soft(shown, preset).toHaveAttribute('data-outcome', outcome);
  }
});

test('the sentence of the issue: 2.6 multiplies the error by 1.6', async ({ lab }) => {
  await lab.open('#v=1&loss=quadratic,kappa=20&run=sgd,lr=0.13');
  await expect(lab.verdict).toContainText(
    'Diverges: learning rate × curvature = 2.60, above the limit of 2, so each step multiplies the error by 1.60.',
  );
});

test('it is announced when the outcome changes and silent while only numbers do', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const verdict = page.getByRole('status').filter({ hasText: 'Converges' });
  await expect(verdict).toHaveAttribute('aria-live', 'polite');
  await page.evaluate(() => {
    const told: string[][] = [];
    Object.assign(window, { told });
    const verdict = document.getElementById('verdict')!;
    new MutationObserver(() => {
      const { outcome } = verdict.dataset;
      const text = verdict.textContent ?? '';
      if (told.at(-1)?.[2] !== text) told.push([verdict.getAttribute('aria-live') ?? '', outcome ?? '', text]);
    }).observe(verdict, { attributes: true, childList: true, characterData: true, subtree: true });
  });
  const from = await lab.thumb(lab.rateSlider);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // From 0.04 over the limit of 0.1 and back, frame by frame.
  for (const way of [...Array(24).keys(), ...[...Array(24).keys()].reverse()]) {
    await page.mouse.move(from.x + 5 * way, from.y);
    await lab.drawn();
  }
  await page.mouse.up();
  const told = await page.evaluate(() => (window as unknown as { told: string[][] }).told);
  expect(new Set(told.map(([, outcome]) => outcome))).toContain('diverges');
  let last = 'converges';
  let announced = 0;
  for (const [live, outcome, text] of told) {
    expect(live, text).toBe(outcome === last ? 'off' : 'polite');
    announced += Number(live === 'polite');
    last = outcome;
  }
  expect(announced).toBeGreaterThanOrEqual(4);
  expect(told.length).toBeGreaterThan(2 * announced);
});

test('it is said in Chinese, too', async ({ lab }) => {
  await lab.open('#v=1&preset=too_large&lang=zh');
  await expect(lab.verdict).toContainText('发散：学习率 × 曲率 = 2.10，超过上限 2');
});
