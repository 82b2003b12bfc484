// The edge of stability: the sharpness of a network fills in beside 2/η between frames,
// and a change begins it anew.

import { expect, test, type Lab } from './page';

const EDGE = '#v=1&preset=edge_of_stability';
// Its looks take half a minute or so, a product with the Hessian several slices.
const LARGE = '#v=1&loss=network,data=moons,depth=10,width=32,count=400&steps=40&chart=sharpness&run=sgd,lr=0.01';

const tab = (lab: Lab, name: string) => lab.page.getByRole('tab', { name, exact: true });
const chart = (lab: Lab) => lab.page.locator('#chart');
const note = (lab: Lab) => lab.page.locator('#chart-note');

async function looked(lab: Lab) {
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
}

/** The last sharpness that is said of the chart. */
async function last(lab: Lab) {
  const label = await chart(lab).getAttribute('aria-label');
  return Number(/ to ([\d.]+);/.exec(label ?? '')?.[1]);
}

test.beforeEach(async ({ lab }) => lab.recordDrawing());

test('the preset opens with its chart, which fills in and names the edge', async ({ lab, page }) => {
  await lab.open(EDGE);
  await expect(tab(lab, 'Sharpness')).toHaveAttribute('aria-selected', 'true');
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true');
  await expect(note(lab)).toHaveText(/^sharpness λ_max; dashed: edge of stability · \d+ %$/);
  await looked(lab);
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
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true');
  await looked(lab);
  await expect(chart(lab)).toHaveAttribute('aria-label', /the limit is 2\/η = 10\.0\.$/);
  expect(Math.abs((await last(lab)) - 10)).toBeLessThan(1);
});

test('only while it is looked at, and the link says so', async ({ lab, page }) => {
  await lab.open(EDGE);
  await tab(lab, 'Loss').click();
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'false');
  await expect.poll(() => page.url()).toContain('chart=loss');
  await tab(lab, 'Sharpness').click();
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true');
  await expect.poll(() => page.url()).not.toContain('chart=');
  await lab.open('#v=1&chart=step_length');
  await expect(tab(lab, 'Step length')).toHaveAttribute('aria-selected', 'true');
});

test('in Chinese', async ({ lab }) => {
  await lab.open(`${EDGE}&lang=zh`);
  await looked(lab);
  await expect(note(lab)).toHaveText('锐度 λ_max；虚线：稳定性边缘');
});

test('frames go on while a large network is looked at, and a change cancels it', async ({ lab, page }) => {
  test.setTimeout(90_000);
  await lab.open(LARGE);
  await expect(page.locator('#chart-words')).toHaveText('The sharpness is worked out once the run is complete.');
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true', { timeout: 60_000 });
  const frames = await lab.framesIn(1500);
  expect(frames).toBeGreaterThan(15);
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'true');
  await lab.picker('Loss').selectOption('quadratic');
  await expect(chart(lab)).toHaveAttribute('aria-busy', 'false');
  await expect(chart(lab)).toHaveAttribute('aria-label', /^rate × sharpness/);
});
