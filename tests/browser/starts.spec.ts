// The map of starts: its switch, what it says, and that it follows every change.

import { expect, test, type Lab } from './page';

const FOUR = '#v=1&loss=himmelblau&steps=300&run=sgd,lr=0.02';
/** Steps enough to be at work for minutes. */
const LONG = '#v=1&loss=rastrigin&steps=1000000&run=sgd,lr=0.001';

const toggle = (lab: Lab) => lab.button('Map of starts');
const words = (lab: Lab) => lab.page.locator('#starts-words');
const legend = (lab: Lab) => lab.page.locator('#legend-starts');
const progress = (lab: Lab) => lab.page.getByRole('progressbar', { name: 'Map of starts' });

async function complete(lab: Lab) {
  await lab.drawn();
  await expect(lab.map).toHaveAttribute('data-starts', 'complete', { timeout: 90_000 });
  await lab.drawn();
}

/** The colours of the map of starts: how many different ones, and a digest of all. */
function picture(lab: Lab) {
  return lab.page.evaluate(() => {
    const canvas = document.getElementById('map-starts') as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    let digest = 0;
    for (const pixel of pixels) digest = (Math.imul(digest, 31) + pixel) | 0;
    return { digest, colors: new Set(pixels).size, holes: pixels.filter((p) => p === 0).length };
  });
}

test('another loss with fewer minima while the map is still being made', async ({ lab }) => {
  await lab.open('#v=1&loss=himmelblau&steps=20000&start=0,0&run=sgd,lr=0.01');
  await toggle(lab).click();
  await expect(lab.page.locator('#legend-starts .is-minimum')).not.toHaveCount(0);
  for (const loss of ['saddle', 'himmelblau', 'rosenbrock', 'rastrigin', 'saddle']) {
    await lab.picker('Loss').selectOption(loss);
    await lab.drawn();
  }
  expect(await lab.words()).not.toMatch(/NaN|undefined/);
});

test('a switch lays it over the loss map and takes it away', async ({ lab, page }) => {
  await lab.open(FOUR);
  const address = page.url();
  await expect(toggle(lab)).toHaveAttribute('aria-pressed', 'false');
  const base = await lab.picture('map-base');
  await toggle(lab).focus();
  await page.keyboard.press('Enter');
  await complete(lab);
  await expect(toggle(lab)).toHaveAttribute('aria-pressed', 'true');
  const { colors, holes } = await picture(lab);
  expect(colors).toBeGreaterThan(20);
  expect(holes).toBe(0);
  expect(await lab.picture('map-base'), 'contours without heat').not.toBe(base);
  await expect(legend(lab)).toContainText('(3, 2)');
  await expect(legend(lab)).toContainText('(−2.81, 3.13)');
  await expect(legend(lab)).toContainText('diverges');
  await expect(legend(lab)).toContainText('does not settle');
  await expect(progress(lab)).toBeHidden();
  await page.keyboard.press('Space');
  await lab.drawn();
  await expect(toggle(lab)).toHaveAttribute('aria-pressed', 'false');
  await expect(legend(lab)).toBeHidden();
  expect(await lab.picture('map-base')).toBe(base);
  expect(page.url(), 'a link does not carry it').toBe(address);
});

test('it lies where the loss map does', async ({ lab, page }) => {
  await lab.open('#v=1&loss=saddle&steps=300&run=sgd,lr=0.1');
  await toggle(lab).click();
  await complete(lab);
  // Left of the border and right of it: the minima are above and below.
  for (const [share, minimum] of [[0.25, '(0, 1)'], [0.75, '(0, −1)']] as const) {
    const at = await lab.onMap(0.4, share);
    await page.mouse.move(at.x, at.y);
    await expect(words(lab)).toContainText(`From here: reaches the minimum at ${minimum} in`);
  }
});

test('it says what happens from under the pointer, and from the start', async ({ lab, page }) => {
  await lab.open(FOUR);
  await toggle(lab).click();
  await complete(lab);
  await page.mouse.move(700, 10);
  await expect(words(lab)).toHaveText('From the start: reaches the minimum at (3, 2) in 8 steps');
  const place = await lab.onMap(0.06, 0.4);
  await page.mouse.move(place.x, place.y);
  await expect(words(lab)).toContainText('From here: diverges');
  // Arrow keys move the start.
  await page.mouse.move(700, 10);
  await lab.map.focus();
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowLeft');
  await lab.drawn();
  await expect(words(lab)).toContainText('From the start: reaches the minimum at (−2.81, 3.13)');
  await expect(lab.map).toHaveAccessibleDescription(/From the start: reaches/);
  await lab.button('中文').click();
  await expect(words(lab)).toContainText('从起点出发');
});

test('any change begins it anew; the start is no part of it', async ({ lab, page }) => {
  await lab.open(FOUR);
  await toggle(lab).click();
  await complete(lab);
  const seen = new Set([(await picture(lab)).digest]);
  const center = await lab.onMap(0.5, 0.4);
  await page.mouse.click(center.x, center.y);
  await lab.drawn();
  await complete(lab);
  expect(seen.has((await picture(lab)).digest), 'the same after moving the start').toBe(true);
  for (const change of [
    () => lab.button('Raise the learning rate').click(),
    () => lab.button('Zoom in').click(),
    () => lab.picker('Optimizer').selectOption('momentum'),
    () => lab.field('Steps').fill('40').then(() => page.keyboard.press('Enter')),
    () => lab.button('Dark theme').click(),
  ]) {
    await change();
    await lab.drawn();
    await complete(lab);
    const { digest, holes } = await picture(lab);
    expect(seen.has(digest), 'another picture').toBe(false);
    expect(holes).toBe(0);
    seen.add(digest);
  }
});

test('it follows the rate under the thumb', async ({ lab, page }) => {
  await lab.open(FOUR);
  await toggle(lab).click();
  await complete(lab);
  const from = await lab.thumb(lab.rateSlider);
  let last = (await picture(lab)).digest;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let move = 1; move <= 8; move += 1) {
    await page.mouse.move(from.x - 4 * move, from.y, { steps: 2 });
    await expect.poll(async () => (await picture(lab)).digest, 'while it is held').not.toBe(last);
    const { digest, colors } = await picture(lab);
    expect(colors, 'a coarse look, blank where nothing is known yet').toBeGreaterThan(3);
    last = digest;
  }
  await page.mouse.up();
  await complete(lab);
  expect((await picture(lab)).holes).toBe(0);
});

test('what takes long shows its progress and can be cancelled', async ({ lab, page }) => {
  await lab.open(LONG);
  await toggle(lab).click();
  await expect(progress(lab)).toBeVisible();
  const share = async () => Number(await progress(lab).getAttribute('aria-valuenow'));
  // The page is not held: a press is answered at once, and the map begins anew.
  await lab.field('Steps').fill('30');
  await page.keyboard.press('Enter');
  await complete(lab);
  await expect(progress(lab)).toBeHidden();
  await lab.field('Steps').fill('1000000');
  await page.keyboard.press('Enter');
  await expect(progress(lab)).toBeVisible();
  expect(await share()).toBeLessThan(100);
  await toggle(lab).click();
  await expect(progress(lab)).toBeHidden();
  await expect(lab.map).toHaveAttribute('data-starts', 'off');
});

test('there is none for a loss with one parameter', async ({ lab }) => {
  await lab.open('#v=1&loss=parabola&run=sgd,lr=0.1');
  await expect(toggle(lab)).toBeHidden();
  await lab.open(FOUR);
  await toggle(lab).click();
  await lab.picker('Loss').selectOption('parabola');
  await lab.drawn();
  await expect(toggle(lab)).toBeHidden();
  await expect(legend(lab)).toBeHidden();
});
