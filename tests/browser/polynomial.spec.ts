// More than two parameters: the plane on the map, the held-out loss, the degree.

import { expect, test, type Lab } from './page';

const CURVE = '#v=1&loss=polynomial_regression,degree=4&steps=200&run=sgd,lr=0.02';
const OVERFITS =
  '#v=1&loss=polynomial_regression,degree=12,basis=chebyshev,count=20,data_seed=1&steps=3000&run=adam,lr=0.05';

const words = (lab: Lab) => lab.page.locator('#plane-words');
const right = (lab: Lab) => lab.picker('Parameter to the right');
const up = (lab: Lab) => lab.picker('Parameter upwards');
const fragment = (lab: Lab) => lab.page.evaluate(() => decodeURIComponent(location.hash));

test('the map says which plane it is and how much of the path lies in it', async ({ lab }) => {
  await lab.open(CURVE);
  await expect(words(lab)).toContainText(/\d+ % of the path lies in this slice of 5 parameters through the run's end/);
  await expect(right(lab)).toHaveValue('pca');
  await expect(up(lab)).toBeHidden();
  // Two parameters have no plane.
  await lab.open('#v=1&loss=polynomial_regression,degree=1');
  await expect(words(lab)).toBeHidden();
});

test('two parameters can be picked by keyboard, and the link follows', async ({ lab, page }) => {
  await lab.open(CURVE);
  const principal = await lab.picture('map-base');
  await right(lab).focus();
  await right(lab).selectOption('w₁');
  await lab.drawn();
  expect(await fragment(lab)).toContain('plane=1,2');
  expect(await lab.picture('map-base')).not.toBe(principal);
  await up(lab).selectOption('w₄');
  await lab.drawn();
  expect(await fragment(lab)).toContain('plane=1,4');
  // The same for both is the other way round.
  await up(lab).selectOption('w₁');
  await lab.drawn();
  expect(await fragment(lab)).toContain('plane=4,1');
  await page.goBack();
  await expect(up(lab)).toHaveValue('4');
  await right(lab).selectOption('Principal directions');
  await lab.drawn();
  expect(await fragment(lab)).not.toContain('plane');
  expect(await lab.picture('map-base')).toBe(principal);
});

test('the start is moved within the plane', async ({ lab, page }) => {
  await lab.open(CURVE + '&plane=1,3');
  await lab.map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await lab.drawn();
  const start = (await fragment(lab)).match(/start=([^&]*)/)?.[1].split(',').map(Number) ?? [];
  expect(start).toHaveLength(5);
  expect([start[0], start[2], start[4]]).toEqual([0, 0, 0]);
  expect(start[1]).toBeGreaterThan(0);
  expect(start[3]).toBeGreaterThan(0);
});

test('the map of starts and the fields of x and y are for two parameters', async ({ lab }) => {
  await lab.open(CURVE);
  await expect(lab.button('Map of starts')).toBeHidden();
  await expect(lab.page.locator('#start-x')).toBeHidden();
  await lab.open('#v=1&loss=polynomial_regression,degree=1');
  await expect(lab.button('Map of starts')).toBeVisible();
});

test('the held-out loss has a line, words and a verdict of its own', async ({ lab }) => {
  await lab.recordDrawing();
  await lab.open(OVERFITS);
  const drawn = await lab.page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords);
  expect(drawn).toContain('held out');
  await expect(lab.page.locator('#chart')).toHaveAttribute('aria-label', /Held out, dashed: .* the least is .* at step/);
  await expect(lab.verdict).toContainText(/Overfitting: from step [\d,]+ on the held-out loss rose/);
  await lab.open(OVERFITS.replace('#v=1', '#v=1&lang=zh'));
  await expect(lab.verdict).toContainText('过拟合');
});

test('the degree is dragged with real input', async ({ lab, page }) => {
  await lab.open(CURVE);
  const slider = page.locator('.knobs[data-part="loss"]').getByRole('slider', { name: 'Degree' });
  await slider.focus();
  for (let degree = 5; degree <= 12; degree += 1) {
    await page.keyboard.press('ArrowRight');
    await lab.drawn();
  }
  await expect(words(lab)).toContainText('slice of 13 parameters');
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 2, box.y + box.height / 2, { steps: 20 });
  await page.mouse.up();
  await lab.drawn();
  expect(await fragment(lab)).toContain('degree=1');
  await expect(words(lab)).toBeHidden();
  expect(await lab.words()).not.toMatch(/NaN|undefined/);
});
