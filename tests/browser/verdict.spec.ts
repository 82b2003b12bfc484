// The verdict: one plain sentence with the numbers in it.

import { expect, test } from './page';

const OUTCOMES: { preset: string; outcome: string; says: (string | RegExp)[] }[] = [
  { preset: 'too_small', outcome: 'crawls', says: ['Crawls', '100', /% of the way left; about \d+ more steps/, /curvature = 0\.10/, 'limit 2'] },
  { preset: 'about_right', outcome: 'converges', says: ['Converges', /curvature = 0\.80/, 'without overshooting'] },
  { preset: 'oscillating', outcome: 'oscillates', says: ['Oscillates', /curvature = 1\.70/, 'overshoots along y and multiplies the error there by 0.70'] },
  { preset: 'at_the_limit', outcome: 'bounces', says: ['Bounces', /curvature = 2\.00/, 'exactly the limit'] },
  { preset: 'too_large', outcome: 'diverges', says: ['Diverges', /curvature = 2\.10/, 'above the limit of 2', /by 1\.10/] },
  { preset: 'thrown_out', outcome: 'stalls', says: ['Stalls', 'not at a minimum'] },
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

test('it is announced when the outcome changes and silent while only numbers do', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const verdict = page.getByRole('status').filter({ hasText: 'Converges' });
  await expect(verdict).toHaveAttribute('aria-live', 'polite');
  await page.evaluate(() => {
    const told: string[][] = [];
    Object.assign(window, { told });
    const verdict = document.getElementById('verdict')!;
    const words = document.getElementById('verdict-text')!;
    const observer = new MutationObserver(() => {
      const { outcome } = verdict.dataset;
      const text = words.textContent ?? '';
      if (told.at(-1)?.[2] !== text) told.push([verdict.getAttribute('aria-live') ?? '', outcome ?? '', text]);
    });
    // The better rate after it has a switch of its own: it is never announced by itself.
    observer.observe(verdict, { attributes: true });
    observer.observe(words, { childList: true, characterData: true, subtree: true });
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

test('the better rate follows when the spectrum is known, and is true', async ({ lab, page }) => {
  await lab.open('#v=1&preset=too_small');
  const advice = page.locator('#advice');
  await expect(advice).toHaveText(/Better from this start: near 0\.09\d\d?, about \d+ steps\.There, the steepest and flattest directions shrink alike\./);
  const [, rate, steps] = /near ([\d.]+), about (\d+)/.exec((await advice.textContent())!)!;
  await lab.rateField.fill(rate);
  await lab.rateField.press('Enter');
  const found = /(?:arrives|within 1% of the minimum) after (\d+) steps/;
  await expect(lab.verdict).toContainText(found);
  const [, own] = found.exec((await lab.verdict.textContent())!)!;
  expect(Math.abs(Number(own) - Number(steps))).toBeLessThanOrEqual(Number(steps) / 3);
  await expect(advice).toHaveText(/No rate on the slider is much faster\./);
});

test('where no rate settles it says so, and of several runs it says nothing', async ({ lab, page }) => {
  const advice = page.locator('#advice');
  await lab.open('#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001');
  await expect(advice).toHaveText(/No rate on the slider settles in these steps\./);
  await lab.open('#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001&lang=zh');
  await expect(advice).toHaveText('滑块上没有哪个学习率能在这么多步之内稳定下来。');
  await lab.open('#v=1&loss=quadratic&run=sgd,lr=0.001&run=adam,lr=0.1&step=20');
  await lab.drawn();
  await expect(advice).toHaveText('');
  await lab.open('#v=1&loss=quadratic&noise=1&run=sgd,lr=0.001');
  await lab.settled();
  await expect(advice).toHaveText('');
});

test('the better rate comes without being announced', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await expect(page.locator('#advice')).toHaveText(/\S/);
  // A change of the start makes the spectrum anew, and the outcome stays.
  await page.locator('#start-x').fill('-7.5');
  await page.locator('#start-x').press('Enter');
  await expect(page.locator('#advice')).toHaveText(/\S/);
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'converges');
  await expect(page.locator('#advice')).toHaveAttribute('aria-live', 'off');
});

for (const language of ['en', 'zh']) {
  test(`no sentence makes the verdict taller or is cut: ${language}`, async ({ lab, page }) => {
    const links = [
      ...OUTCOMES.map(({ preset }) => `#v=1&preset=${preset}`),
      '#v=1&loss=quadratic,kappa=20,angle=45&run=sgd,lr=0.0995',
      '#v=1&loss=rosenbrock&start=-1.2,1&run=sgd,lr=0.01',
      '#v=1&loss=himmelblau&start=0,0&run=sgd,lr=0.03',
      '#v=1&preset=f32_goes_on&run=sgd,lr=0.05',
    ];
    const heights = new Map<string, Map<number, string[]>>();
    for (const link of links) {
      await lab.open(`${link}&lang=${language}`);
      for (const [width, height] of [[1440, 900], [1280, 800], [1100, 800], [820, 1180], [390, 844]]) {
        const at = `${width} × ${height}`;
        await page.setViewportSize({ width, height });
        await lab.drawn();
        if (width > 800) await expect(page.locator('#advice')).toHaveText(/\S/);
        const [tall, isCut, isWhole] = await lab.verdict.evaluate((element) => {
          const words = element.querySelector('.verdict-words')!.getBoundingClientRect();
          const text = element.querySelector('#verdict-text')!.getBoundingClientRect();
          const parts = [...element.querySelectorAll('#advice span')].map((part) => part.getBoundingClientRect());
          return [
            element.getBoundingClientRect().height,
            text.bottom > words.bottom + 1 || text.top < words.top - 1,
            parts.every((part) => part.bottom <= words.bottom + 1 || part.top >= words.bottom - 1),
          ] as const;
        });
        const found = heights.get(at) ?? new Map<number, string[]>();
        heights.set(at, found.set(tall, [...(found.get(tall) ?? []), link]));
        expect.soft(isCut, `${link} is cut at ${at}`).toBe(false);
        expect.soft(isWhole, `the advice of ${link} is cut at ${at}`).toBe(true);
      }
    }
    for (const [at, found] of heights) expect.soft([...found], at).toHaveLength(1);
  });
}
