// The edge of stability: the sharpness of a network fills in beside 2/η between frames,
// and a change begins it anew.

import { expect, test, type Lab } from './page';

const EDGE = '#v=1&preset=edge_of_stability';
// Its looks take half a minute or so, a product with the Hessian several slices.
const LARGE = '#v=1&loss=network,data=moons,depth=10,width=32,count=400&steps=40&chart=sharpness&run=sgd,lr=0.01';

const tab = (lab: Lab, name: string) => lab.page.getByRole('tab', { name, exact: true });
const chart = (lab: Lab) => lab.page.locator('#chart');
const note = (lab: Lab) => lab.page.locator('#chart-note');

const looked = (lab: Lab) => lab.settled('chart');

/** The last sharpness that is said of the chart. */
async function last(lab: Lab) {
  const label = await chart(lab).getAttribute('aria-label');
  return Number(/ to ([\d.]+);/.exec(label ?? '')?.[1]);
}

test.beforeEach(async ({ lab }) => {
  await lab.recordDrawing();
  await lab.recordValues('chart', 'aria-busy');
});

test('the preset opens with its chart, which fills in and names the edge', async ({ lab, page }) => {
  await lab.open(EDGE);
  await expect(tab(lab, 'Sharpness')).toHaveAttribute('aria-selected', 'true');
  await looked(lab);
  expect(await lab.values('chart', 'aria-busy')).toEqual(['true', 'false']);
  await expect(note(lab)).toHaveText('sharpness λ_max; dashed: edge of stability');
  await expect(chart(lab)).toHaveAttribute('aria-label', /from 3\.0\d to (1[89]|2[01])\.\d; the limit is 2\/η = 20\.0\.$/);
  await lab.drawn();
  const words = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords);
  expect(words).toContain('2/η = 20.0');
  expect(words.join('|')).not.toContain('NaN');
  // What is looked at is what the ruler marks.
  await page.locator('body').press('End');
  await lab.drawn();
  const marked = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.join('|'));
  expect(marked).toContain('limit here');
});

test('another rate begins it anew and comes to another edge', async ({ lab }) => {
  await lab.open(EDGE);
  await looked(lab);
  await lab.rateField.fill('0.2');
  await lab.rateField.press('Enter');
  await looked(lab);
  expect(await lab.values('chart', 'aria-busy')).toEqual(['true', 'false', 'true', 'false']);
  await expect(chart(lab)).toHaveAttribute('aria-label', /the limit is 2\/η = 10\.0\.$/);
  expect(Math.abs((await last(lab)) - 10)).toBeLessThan(1);
});

test('only while it is looked at, and the link says so', async ({ lab, page }) => {
  await lab.open(LARGE);
  await tab(lab, 'Loss').click();
  // Until its run is made, and no longer.
  await looked(lab);
  await expect.poll(() => lab.linked('chart')).toBeUndefined();
  await tab(lab, 'Sharpness').click();
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true');
  await expect(note(lab)).toHaveText(/^sharpness λ_max; dashed: edge of stability · \d+ %$/);
  await expect.poll(() => lab.linked('chart')).toBe('sharpness');
  await lab.open(EDGE);
  await tab(lab, 'Loss').click();
  await expect.poll(() => lab.linked('chart'), 'as the preset says the other').toBe('loss');
  await lab.open('#v=1&chart=step_length');
  await expect(tab(lab, 'Step length')).toHaveAttribute('aria-selected', 'true');
});

test('in Chinese', async ({ lab }) => {
  await lab.open(`${EDGE}&lang=zh`);
  await looked(lab);
  await expect(note(lab)).toHaveText('锐度 λ_max；虚线：稳定性边缘');
});

test('frames go on while a large network is looked at, and a change cancels it', async ({ lab, page }) => {
  await lab.open(LARGE.replace('steps=40', 'steps=20000'));
  const words = page.locator('#chart-words');
  await expect(words).toHaveText('The sharpness is worked out once the run is complete.');
  await lab.type(lab.field('Steps'), '40');
  await expect(words).toBeHidden();
  // Made at once it would hold a single frame for half a minute.
  await lab.frames(15);
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true');
  await lab.picker('Loss').selectOption('quadratic');
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'false');
  await expect(chart(lab)).toHaveAttribute('aria-label', /^rate × sharpness/);
});
