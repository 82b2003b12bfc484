// The loss: which one, its knobs, where the run starts and how long it is.

import { expect, test } from './page';

test('a loss is picked from the list', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const base = await lab.picture('map-base');
  const formula = await page.locator('#formula').innerText();
  await lab.picker('Loss').selectOption('himmelblau');
  await lab.drawn();
  expect(await lab.picture('map-base')).not.toBe(base);
  expect(await page.locator('#formula').innerText()).not.toBe(formula);
  await expect(lab.stepSlider).toHaveValue('0');
  await expect.poll(() => lab.linked('loss')).toBe('himmelblau');
  await expect.poll(() => lab.linked('preset'), { message: 'the story was about another loss' }).toBeUndefined();
  await expect(page.locator('#caption')).toContainText('loss, start and runs are yours');
  await page.goBack();
  await expect(lab.picker('Loss')).toHaveValue('quadratic');
});

test('a knob is turned with its slider', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const kappa = lab.slider('Condition number');
  const from = await lab.thumb(kappa);
  const [base, verdict, address] = [await lab.picture('map-base'), await lab.verdict.innerText(), page.url()];
  await lab.drag(from, { x: from.x + 30, y: from.y });
  const value = await lab.number(lab.field('Condition number'));
  expect(value).toBeGreaterThan(20);
  expect(await lab.picture('map-base'), 'the map follows while it is held').not.toBe(base);
  expect(await lab.verdict.innerText()).not.toBe(verdict);
  expect(page.url(), 'the address waits for the release').toBe(address);
  await page.mouse.up();
  await expect.poll(() => lab.linked('loss')).toBe(`quadratic,kappa=${value}`);
});

test('a knob is set with its number and with keys', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await lab.type(lab.field('Rotation in degrees'), '30');
  await expect.poll(() => lab.linked('loss')).toBe('quadratic,kappa=20,angle=30');
  const before = await lab.number(lab.field('Condition number'));
  await lab.slider('Condition number').focus();
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  expect(await lab.number(lab.field('Condition number'))).toBeGreaterThan(before);
});

test('start and steps are typed', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const map = await lab.picture('map-overlay');
  await lab.type(lab.field('Start x'), '−3,5');
  await lab.type(lab.field('Start y'), '1.25');
  await lab.type(lab.field('Steps'), '80');
  expect(await lab.start()).toEqual({ x: -3.5, y: 1.25 });
  expect(await lab.picture('map-overlay')).not.toBe(map);
  await expect(page.locator('#step-total')).toHaveText('80');
  await expect.poll(() => lab.linked('start')).toBe('-3.5,1.25');
  await expect.poll(() => lab.linked('steps')).toBe('80');
});

const REFUSED: [string, string, RegExp][] = [
  ['Start x', 'left', /"left" is not a number from .* to /],
  ['Start y', '1e13', /"1e13" is not a number from .* to /],
  ['Steps', '0', /"0" is not a .*number from 1 to (1,?000,?000|10⁶)/],
  ['Steps', '1000001', /"1000001" is not a .*number from 1 to (1,?000,?000|10⁶)/],
  ['Steps', '10.5', /"10\.5" is not a whole number from 1 to (1,?000,?000|10⁶)/],
  ['Steps', '', /"" is not a .*number from 1 to (1,?000,?000|10⁶)/],
  ['Condition number', '0', /"0" is not a number from 1 to (1,?000|10³)/],
];

test('fields refuse what they cannot take, in words', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const [address, verdict] = [page.url(), await page.locator('#verdict-text').innerText()];
  const error = page.locator('#field-error');
  for (const [name, typed, words] of REFUSED) {
    const field = lab.field(name);
    const good = await field.inputValue();
    await lab.type(field, typed);
    await expect.soft(field, name).toHaveAttribute('aria-invalid', 'true');
    await expect.soft(field, name).toHaveValue(typed);
    await expect.soft(error).toContainText(words);
    await expect.soft(error).toBeVisible();
    expect.soft(await page.locator('#verdict-text').innerText(), name).toBe(verdict);
    expect.soft(page.url(), name).toBe(address);
    await lab.type(field, good);
    await expect.soft(field, name).not.toHaveAttribute('aria-invalid', 'true');
    await expect.soft(error, name).toBeEmpty();
  }
});

test('two refusals: to put one right leaves the words for the other', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await lab.type(lab.field('Start x'), 'left');
  await lab.type(lab.field('Steps'), '0');
  await lab.type(lab.field('Steps'), '90');
  await expect(lab.field('Start x')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#field-error')).toContainText('left');
});

test('a loss of one parameter is a curve', async ({ lab }) => {
  await lab.open('#v=1&preset=theta_squared');
  await expect(lab.field('Start y')).toBeHidden();
  await expect(lab.field('Start x')).toBeVisible();
  expect(await lab.colors('map-base'), 'the curve').toBeGreaterThan(5);
  const before = await lab.picture('map-overlay');
  await lab.button('Step forward').click();
  await lab.drawn();
  expect(await lab.picture('map-overlay'), 'the descent walks down it').not.toBe(before);
  const at = await lab.onMap(0.8, 0.5);
  await lab.page.mouse.click(at.x, at.y);
  await lab.drawn();
  const right = await lab.number(lab.field('Start x'));
  const other = await lab.onMap(0.2, 0.3);
  await lab.page.mouse.click(other.x, other.y);
  await lab.drawn();
  expect(await lab.number(lab.field('Start x'))).toBeLessThan(right);
  await expect.poll(() => lab.linked('start')).toMatch(/^[-\d.]+$/);
});

test('losses of every kind are chosen and drawn', async ({ lab, page }) => {
  // All are drawn without a browser (`tests/drawing/scenes.rs`).
  const keys = ['parabola', 'rastrigin', 'linear_regression', 'logistic_regression', 'polynomial_regression', 'network'];
  await lab.open('#v=1&preset=about_right');
  const pictures = new Set<number>();
  for (const key of keys) {
    await lab.picker('Loss').selectOption(key);
    await lab.settled('map');
    expect(await lab.colors('map-base'), key).toBeGreaterThan(5);
    expect(await lab.colors('map-overlay'), key).toBeGreaterThan(5);
    await expect(page.locator('#formula'), key).not.toBeEmpty();
    expect(await lab.words(), key).not.toMatch(/NaN|undefined|Infinity/);
    pictures.add(await lab.picture('map-base'));
  }
  expect(pictures.size).toBe(keys.length);
});

test('raw millimetres against standardized ones: words, map, limit and rate', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open('#v=1&loss=linear_regression,data=penguins&steps=200&run=sgd,lr=0.00004');
  const inForce = page.locator('#scaling [aria-current=true]');
  await expect(inForce).toHaveText(/^Raw: condition number \S+, limit 4\.\d+×10⁻⁵$/);
  const raw = await inForce.textContent();
  await expect(page.locator('#scaling [aria-current=false]')).toHaveText('Standardized: condition number 1, limit 2');
  const map = await lab.picture('map-base');
  await lab.picker('Standardize').selectOption('All columns');
  await lab.drawn();
  await expect(inForce).toHaveText('Standardized: condition number 1, limit 2');
  await expect(page.locator('#scaling [aria-current=false]')).toHaveText(raw!);
  expect(await lab.picture('map-base')).not.toBe(map);
  // A rate of the raw data would crawl: it is brought onto the slider.
  expect(Number(await lab.rateField.inputValue())).toBeGreaterThan(0.01);
  await lab.button('中文').click();
  await expect(inForce).toHaveText('标准化后：条件数 1，上限 2');
  await page.locator('#loss').selectOption('rosenbrock');
  await expect(page.locator('#scaling')).toBeHidden();
});
