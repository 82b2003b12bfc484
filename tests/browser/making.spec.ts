// A run that takes longer than a frame: it streams in, plays meanwhile, tells how far
// it is, and any change cancels it.

import { expect, test } from './page';

/** Some frames. */
const LONG = '#v=1&loss=logistic_regression,data=moons,count=2000&steps=1000&run=sgd,lr=2';
/** Minutes. */
const ENDLESS = '#v=1&loss=logistic_regression,data=moons,count=10000&steps=1000000&run=sgd,lr=2';

test('a long run streams in and tells its progress', async ({ lab }) => {
  await lab.open(ENDLESS);
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'making');
  await expect(lab.verdict).toContainText(/Computing: [\d,]+ of 1,000,000 steps/);
  const chart = await lab.picture('chart');
  await expect(lab.verdict).toContainText(/about \d+ (s|min) left/);
  // A ring in the place of the sign.
  const glyph = lab.page.locator('#verdict-glyph');
  await expect.poll(() => glyph.evaluate((ring) => Number((ring as HTMLElement).style.getPropertyValue('--made'))))
    .toBeGreaterThan(0);
  await expect.poll(() => lab.picture('chart'), 'the chart grows with it').not.toBe(chart);
});

test('and then its fate, where the progress was', async ({ lab }) => {
  await lab.recordValues('verdict', 'data-outcome');
  await lab.open(LONG);
  const place = await lab.page.locator('#verdict-glyph').boundingBox();
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'converges');
  expect(await lab.values('verdict', 'data-outcome')).toEqual(['making', 'converges']);
  expect(await lab.page.locator('#verdict-glyph').boundingBox(), 'the words stay where they are').toEqual(place);
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
  await lab.recordValues('verdict-glyph', 'style');
  await lab.open(ENDLESS);
  await expect(lab.verdict).toContainText(/about \d+ (s|min) left/);
  const shares = async () => (await lab.values('verdict-glyph', 'style')).map((style) => Number(/--made: ([\d.]+)/.exec(style)?.[1]));
  const isRising = (all: number[]) => all.every((share, place) => place === 0 || share >= all[place - 1]);
  await expect.poll(async () => (await shares()).at(-1)).toBeGreaterThan(0.005);
  expect(isRising(await shares())).toBe(true);
  await lab.type(lab.rateField, '3');
  // It begins anew.
  await expect.poll(async () => isRising(await shares())).toBe(false);
  await lab.picker('Loss').selectOption('quadratic');
  await expect(lab.verdict).not.toHaveAttribute('data-outcome', 'making');
});

test('who would wait long is offered fewer steps', async ({ lab, page }) => {
  await lab.open(ENDLESS);
  const fewer = page.locator('#fewer');
  await expect(fewer).toBeVisible();
  await expect(fewer).toHaveText(/^Only [\d,]+ steps$/);
  const offered = Number((await fewer.innerText()).replace(/\D/g, ''));
  expect(offered).toBeLessThan(500_000);
  await fewer.click();
  // The offer may have changed a little until the click came.
  await expect.poll(() => Number(lab.linked('steps'))).toBeLessThan(500_000);
  expect(Number(lab.linked('steps'))).toBeGreaterThanOrEqual(10);
  await page.goBack();
  await expect(lab.verdict).toContainText('1,000,000');
});

test('in Chinese the progress is told in Chinese', async ({ lab }) => {
  await lab.open(`${ENDLESS}&lang=zh`);
  await expect(lab.verdict).toContainText('正在计算');
});

test('frames go on while a run is made', async ({ lab }) => {
  await lab.open(ENDLESS);
  // Made at once it would hold a single frame for minutes.
  await lab.frames(15);
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'making');
});
