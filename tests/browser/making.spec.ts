// A run that takes longer than a frame: it streams in, plays meanwhile, tells how far
// it is, and any change cancels it.

import { expect, test } from './page';

const LONG = '#v=1&loss=logistic_regression,data=moons,count=10000&steps=2000&run=sgd,lr=2';
const ENDLESS = '#v=1&loss=logistic_regression,data=moons,count=10000&steps=200000&run=sgd,lr=2';

test('a long run streams in, tells its progress, and then its fate', async ({ lab }) => {
  await lab.open(LONG);
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'making');
  await expect(lab.verdict).toContainText(/Computing: [\d,]+ of 2,000 steps/);
  const chart = await lab.picture('chart');
  await expect(lab.verdict).toContainText(/about \d+ s left/);
  // A ring in the place of the sign, so that the words stay where they are.
  const glyph = lab.page.locator('#verdict-glyph');
  const place = await glyph.boundingBox();
  await expect.poll(() => glyph.evaluate((ring) => Number((ring as HTMLElement).style.getPropertyValue('--made'))))
    .toBeGreaterThan(0);
  // Both pictures may be of the same frame, where frames are rare.
  await expect.poll(() => lab.picture('chart'), 'the chart grows with it').not.toBe(chart);
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'converges', { timeout: 60_000 });
  expect(await glyph.boundingBox()).toEqual(place);
});

test('what is made so far can be played, and the rest waits for it', async ({ lab, page }) => {
  await lab.open(ENDLESS);
  await page.locator('#speed').selectOption('16384');
  await lab.button('Play').click();
  await expect.poll(() => lab.step()).toBeGreaterThan(20);
  // At this speed it is always at the end of what is made, and goes on with it.
  const step = await lab.step();
  await expect.poll(() => lab.step()).toBeGreaterThan(step);
  await expect(lab.button('Pause')).toBeVisible();
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'making');
});

test('a change cancels what is being made', async ({ lab }) => {
  await lab.open(ENDLESS);
  await expect(lab.verdict).toContainText(/about \d+ (s|min) left/);
  await lab.rateField.fill('3');
  await lab.rateField.press('Enter');
  await expect(lab.verdict).toContainText(/Computing: \d{1,3} of 200,000 steps\./);
  await lab.picker('Loss').selectOption('quadratic');
  await expect(lab.verdict).not.toHaveAttribute('data-outcome', 'making');
});

test('who would wait long is offered fewer steps', async ({ lab, page }) => {
  await lab.open(ENDLESS);
  const fewer = page.locator('#fewer');
  await expect(fewer).toBeVisible();
  await expect(fewer).toHaveText(/^Only [\d,]+ steps$/);
  const offered = Number((await fewer.innerText()).replace(/\D/g, ''));
  expect(offered).toBeLessThan(100_000);
  await fewer.click();
  // The offer may have changed a little until the click came.
  await expect(fewer).toBeHidden();
  const [, steps] = page.url().match(/steps=(\d+)/) ?? [];
  expect(Number(steps)).toBeGreaterThanOrEqual(10);
  expect(Number(steps)).toBeLessThan(100_000);
  await page.goBack();
  await expect(lab.verdict).toContainText('200,000');
});

test('in Chinese the progress is told in Chinese', async ({ lab }) => {
  await lab.open(`${LONG}&lang=zh`);
  await expect(lab.verdict).toContainText('正在计算');
});

test('frames go on while a run is made', async ({ lab }) => {
  await lab.open(ENDLESS);
  const frames = await lab.framesIn(1500);
  // Made at once it would hold a single frame for minutes.
  expect(frames).toBeGreaterThan(15);
});
