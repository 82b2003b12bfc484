// The map under the mouse and the keyboard.

import { expect, test, type Lab, type Point } from './page';

const MAP = '#v=1&loss=quadratic,kappa=4&start=-6,2&steps=40&run=sgd,lr=0.1';

/** Clicks the map and returns the start that was placed there. */
async function place(lab: Lab, at: Point) {
  await lab.page.mouse.click(at.x, at.y);
  await lab.drawn();
  return lab.start();
}

/** One pixel's worth of parameter space. */
async function pixel(lab: Lab) {
  const [from, to] = [await lab.onMap(0.3, 0.3), await lab.onMap(0.6, 0.7)];
  const [a, b] = [await place(lab, from), await place(lab, to)];
  return { x: (b.x - a.x) / (to.x - from.x), y: (b.y - a.y) / (to.y - from.y) };
}

function near(one: Point, other: Point, unit: Point, pixels = 1.1) {
  expect(Math.abs(one.x - other.x)).toBeLessThan(pixels * Math.abs(unit.x));
  expect(Math.abs(one.y - other.y)).toBeLessThan(pixels * Math.abs(unit.y));
}

test('a click places the start', async ({ lab }) => {
  await lab.open(MAP);
  const before = await lab.picture('map-overlay');
  const unit = await pixel(lab);
  // To the right is more, upwards is more, and a circle is a circle.
  expect(unit.x).toBeGreaterThan(0);
  expect(unit.y).toBeLessThan(0);
  expect(Math.abs(unit.x + unit.y)).toBeLessThan(0.02 * unit.x);
  expect(await lab.picture('map-overlay')).not.toBe(before);
  const start = await lab.start();
  await expect.poll(() => lab.linked('start')).toBe(`${start.x},${start.y}`);
});

test('the start is dragged by its handle', async ({ lab, page }) => {
  await lab.open(MAP);
  const unit = await pixel(lab);
  const to = await lab.onMap(0.4, 0.35);
  const goal = await place(lab, to);
  const from = await lab.onMap(0.7, 0.6);
  await place(lab, from);
  const address = page.url();
  const verdict = await lab.verdict.innerText();
  await lab.drag(from, to, 20);
  near(await lab.start(), goal, unit);
  expect(await lab.verdict.innerText(), 'the run follows while it is held').not.toBe(verdict);
  expect(page.url(), 'the address waits for the release').toBe(address);
  await page.mouse.up();
  await expect.poll(() => page.url()).not.toBe(address);
  await expect.poll(() => lab.linked('view'), { message: 'the map stayed' }).toBeUndefined();
});

test('arrow keys move the start, with Shift a little', async ({ lab, page }) => {
  await lab.open(MAP);
  const unit = await pixel(lab);
  await lab.map.focus();
  const before = await lab.start();
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  const right = await lab.start();
  expect(right.x - before.x).toBeGreaterThan(5 * unit.x);
  expect(right.y).toBe(before.y);
  await page.keyboard.press('ArrowUp');
  await lab.drawn();
  const up = await lab.start();
  expect(up.y).toBeGreaterThan(right.y);
  await page.keyboard.press('Shift+ArrowLeft');
  await lab.drawn();
  const little = await lab.start();
  expect(little.x).toBeLessThan(up.x);
  expect(up.x - little.x).toBeLessThan((right.x - before.x) / 5);
  await page.keyboard.press('ArrowDown');
  await lab.drawn();
  expect((await lab.start()).y).toBeLessThan(up.y);
  await expect.poll(() => lab.linked('start')).toBe(`${(await lab.start()).x},${(await lab.start()).y}`);
});

test('the wheel zooms about the pointer', async ({ lab, page }) => {
  await lab.open(MAP);
  const at = await lab.onMap(0.7, 0.3);
  const before = await place(lab, at);
  const unit = await pixel(lab);
  await page.mouse.move(at.x, at.y);
  for (let notch = 0; notch < 4; notch += 1) await page.mouse.wheel(0, -100);
  await expect.poll(() => lab.linked('view')).toBeDefined();
  const closer = await pixel(lab);
  expect(closer.x).toBeLessThan(0.8 * unit.x);
  near(await place(lab, at), before, unit);
  await page.mouse.move(at.x, at.y);
  for (let notch = 0; notch < 4; notch += 1) await page.mouse.wheel(0, 100);
  await lab.drawn();
  near(await pixel(lab), unit, { x: 0.02 * unit.x, y: 0.02 * unit.y });
  expect(await page.evaluate(() => scrollY), 'the page itself stays').toBe(0);
});

test('a drag beside the start pans', async ({ lab, page }) => {
  await lab.open(MAP);
  const unit = await pixel(lab);
  const from = await lab.onMap(0.3, 0.4);
  const to = { x: from.x + 90, y: from.y + 60 };
  const grabbed = await place(lab, from);
  await place(lab, await lab.onMap(0.8, 0.8));
  const start = await lab.start();
  const base = await lab.picture('map-base');
  await lab.drag(from, to);
  expect(await lab.picture('map-base'), 'the map moves while it is held').not.toBe(base);
  await page.mouse.up();
  await lab.drawn();
  expect(await lab.start()).toEqual(start);
  await expect.poll(() => lab.linked('view')).toBeDefined();
  near(await place(lab, to), grabbed, unit);
});

test('buttons zoom and fit', async ({ lab }) => {
  await lab.open(MAP);
  const unit = await pixel(lab);
  await lab.button('Zoom in').click();
  await lab.button('Zoom in').click();
  await lab.drawn();
  const closer = await pixel(lab);
  expect(closer.x).toBeLessThan(0.6 * unit.x);
  await lab.button('Zoom out').click();
  await lab.drawn();
  expect((await pixel(lab)).x).toBeGreaterThan(1.2 * closer.x);
  await lab.button('Fit loss and path').click();
  await lab.drawn();
  const fitted = await pixel(lab);
  expect(Math.abs(fitted.x / unit.x - 1)).toBeLessThan(0.3);
});

test('plus, minus and 0 zoom and fit on the focused map', async ({ lab, page }) => {
  await lab.open(MAP);
  await lab.map.focus();
  await page.keyboard.press('+');
  await expect.poll(() => lab.linked('view')).toBeDefined();
  const width = () => {
    const [low, high] = lab.linked('view')!.split(',').map(Number);
    return high - low;
  };
  const closer = width();
  await page.keyboard.press('-');
  await expect.poll(width).toBeGreaterThan(1.3 * closer);
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(width).toBeLessThan(closer);
  await page.keyboard.press('0');
  await expect.poll(width).toBeGreaterThan(1.2 * closer);
});

test('nothing of the map is left undrawn when the window changes its size', async ({ lab, page }) => {
  await lab.open(MAP);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => page.locator('#map-base').evaluate((canvas: HTMLCanvasElement) =>
    Math.abs(canvas.width - canvas.clientWidth * devicePixelRatio))).toBeLessThan(2);
  // The outermost strip of the plot, right and top, is painted, too.
  const edge = await page.locator('#map-base').evaluate((canvas: HTMLCanvasElement) => {
    const strip = canvas.getContext('2d')!.getImageData(canvas.width - 12, 4, 8, 40).data;
    return Math.min(...strip.filter((_, index) => index % 4 === 3));
  });
  expect(edge).toBe(255);
});
