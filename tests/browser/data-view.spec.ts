// The data beside the map: one playhead for both, and samples that are moved, made
// and removed with pointer, finger and keys.

import { faults, faultsOfLook } from './accessibility';
import { type Lab, type Point, expect, test } from './page';

const LINE = '#v=1&loss=linear_regression,data=line_3x2_seed0&batch=8&steps=200&run=sgd,lr=0.15&step=47';
const FOUR = '#v=1&loss=linear_regression,data=four_points&steps=50&run=sgd,lr=0.05&step=20';
const CLASSES = '#v=1&loss=logistic_regression,standardize=1&batch=16&run=sgd,lr=1&step=30';
/** Few: axe looks at every cell of their table, and takes most of a test's time for hundreds. */
const FEW = '#v=1&loss=logistic_regression,data=moons,count=20&batch=16&run=sgd,lr=1&step=10';

/** What was said last of a sample. */
function said(lab: Lab) {
  return lab.page.locator('#data-said');
}

/** What is shown of the sample that is looked at. */
function words(lab: Lab) {
  return lab.page.locator('#data-words');
}

function points(lab: Lab) {
  return lab.page.getByRole('application', { name: 'Data points' });
}

/** Where a place among the samples (1, 1) to (4, 4) is on the window: their axes have 6 % of room. */
async function at(lab: Lab, x: number, y: number): Promise<Point> {
  const box = (await lab.page.locator('#data-overlay').boundingBox())!;
  const [left, top, bottom] = box.width < 389 || box.height > 300 ? [46, 0, 46] : [34, 48, 24];
  const share = (value: number) => (value - 0.82) / 3.36;
  const [width, height] = [box.width - left - 1, box.height - top - bottom];
  return { x: box.x + left + share(x) * width, y: box.y + top + (1 - share(y)) * height };
}

/** How many samples the table lists. */
async function rows(lab: Lab) {
  await lab.button('Table of the data').click();
  await lab.drawn();
  const count = await lab.page.locator('#table-body tr').count();
  await lab.page.keyboard.press('Escape');
  return count;
}

for (const [name, link] of Object.entries({ LINE, CLASSES })) {
  test(`map and data stand side by side, ${name}`, async ({ lab, page }) => {
    await lab.open(link);
    const map = (await lab.map.boundingBox())!;
    const view = (await points(lab).boundingBox())!;
    expect(Math.abs(map.width - view.width)).toBeLessThan(3);
    expect(map.x + map.width).toBeLessThan(view.x + 1);
    expect(Math.abs(map.y - view.y)).toBeLessThan(1);
    await expect(page.getByRole('heading', { name: /^Parameter space/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^Data space/ })).toBeVisible();
    for (const canvas of ['data-base', 'data-overlay']) expect(await lab.colors(canvas)).toBeGreaterThan(5);
  });
}

test('a loss on a formula has the stage for its map, whichever way it is chosen', async ({ lab, page }) => {
  await lab.open('#v=1&preset=oscillating');
  const alone = (await lab.map.boundingBox())!;
  await expect(points(lab)).toBeHidden();
  await lab.picker('Loss').selectOption('linear_regression');
  await lab.drawn();
  await expect(points(lab)).toBeVisible();
  expect((await lab.map.boundingBox())!.width).toBeLessThan(0.6 * alone.width);
  const canvas = page.locator('#map-base');
  const size = await canvas.evaluate((c: HTMLCanvasElement) => [c.width - c.clientWidth, c.height - c.clientHeight]);
  expect(size, 'the bitmap fits in the very frame').toEqual([0, 0]);
  await page.goBack();
  await lab.drawn();
  await expect(points(lab)).toBeHidden();
  expect(await lab.map.boundingBox()).toEqual(alone);
});

test('a step of the path is a turn of the line, and the start turns it in the same frame', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(LINE);
  const [line, samples] = [await lab.picture('data-overlay'), await lab.drawings('data-base')];
  await page.keyboard.press('.');
  await lab.drawn();
  const next = await lab.picture('data-overlay');
  expect(next).not.toBe(line);
  await lab.map.focus();
  await page.keyboard.press('ArrowUp');
  await lab.drawn();
  expect(await lab.picture('data-overlay')).not.toBe(next);
  expect(await lab.drawings('data-base'), 'the samples are not drawn again').toBe(samples);
});

test('a sample is dragged: map, path and chart follow, and one Back undoes it', async ({ lab, page }) => {
  await lab.open(FOUR);
  const shown = async () => [await lab.picture('map-base'), await lab.picture('map-overlay'), await lab.picture('chart')];
  const before = await shown();
  const [from, to] = [await at(lab, 4, 4), await at(lab, 4, 2)];
  await lab.drag(from, to);
  const during = await shown();
  for (const [place, picture] of during.entries()) expect(picture).not.toBe(before[place]);
  await expect.poll(() => lab.linked('loss'), { message: 'not before it is let go' }).toContain('four_points');
  await page.mouse.up();
  await lab.drawn();
  await expect.poll(() => lab.linked('loss')).toContain('data=own');
  await expect(said(lab)).toContainText('These data are your own now. Put down. Sample 4: x 4.00, y 2.0');
  await page.goBack();
  await lab.drawn();
  await expect.poll(() => lab.linked('loss')).toContain('four_points');
  expect((await shown())[1]).toBe(before[1]);
});

test('a press that does not move looks at a sample, and its own gradient stands on the map', async ({ lab, page }) => {
  await lab.open(FOUR);
  const map = await lab.picture('map-overlay');
  const { x, y } = await at(lab, 1, 1);
  await page.mouse.click(x, y);
  await lab.drawn();
  await expect(words(lab)).toContainText('Sample 1: x 1.00, y 1.00, residual');
  expect(await lab.picture('map-overlay')).not.toBe(map);
  await expect.poll(() => lab.linked('loss')).toContain('four_points');
  const empty = await at(lab, 2, 3.6);
  await page.mouse.click(empty.x, empty.y);
  await lab.drawn();
  await expect(words(lab)).toBeHidden();
  expect(await lab.picture('map-overlay')).toBe(map);
  await page.mouse.move(x + 2, y + 1);
  await lab.drawn();
  await expect(words(lab)).toContainText('Sample 1');
});

test('samples are made with the button and with a double click', async ({ lab, page }) => {
  await lab.open(FOUR);
  const add = lab.button('Add point');
  await add.click();
  await expect(add).toHaveAttribute('aria-pressed', 'true');
  const here = await at(lab, 2, 3.5);
  await page.mouse.click(here.x, here.y);
  await lab.drawn();
  await expect(words(lab)).toContainText(/Sample 5: x (2\.0|1\.9)\d, y 3\.[45]/);
  await add.click();
  const there = await at(lab, 3.5, 1.5);
  await page.mouse.dblclick(there.x, there.y);
  await lab.drawn();
  expect(await rows(lab)).toBe(6);
  await page.goBack();
  await lab.drawn();
  expect(await rows(lab)).toBe(5);
});

test('the keys go from sample to sample, pick one up, move it and put it down', async ({ lab, page }) => {
  await lab.open(FOUR);
  await lab.map.focus();
  await page.keyboard.press('Tab');
  while (!(await points(lab).evaluate((e) => e === document.activeElement))) await page.keyboard.press('Tab');
  await lab.drawn();
  await expect(said(lab)).toContainText('Sample 1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await lab.drawn();
  await expect(said(lab)).toContainText('Sample 3: x 3.00, y 3.00');
  await page.keyboard.press('ArrowLeft');
  await lab.drawn();
  await expect(said(lab)).toContainText('Sample 2');
  const map = await lab.picture('map-base');
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect(said(lab)).toContainText('Picked up');
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift+ArrowUp');
  await lab.drawn();
  expect(await lab.picture('map-base')).not.toBe(map);
  await expect.poll(() => lab.linked('loss')).toContain('four_points');
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect(said(lab)).toContainText('Put down. Sample 2: x 2.00, y 2.');
  await expect.poll(() => lab.linked('loss')).toContain('data=own');
});

test('Escape puts a sample back where it was', async ({ lab, page }) => {
  await lab.open(FOUR);
  const [map, fragment] = [await lab.picture('map-base'), lab.fragment()];
  await points(lab).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await lab.drawn();
  expect(await lab.picture('map-base')).not.toBe(map);
  await page.keyboard.press('Escape');
  await lab.drawn();
  await expect(said(lab)).toContainText('Put back. Sample 1: x 1.00, y 1.00');
  expect(await lab.picture('map-base')).toBe(map);
  expect(lab.fragment()).toBe(fragment);
});

test('samples are made and removed by keys, and two have to stay', async ({ lab, page }) => {
  await lab.open(FOUR);
  await points(lab).focus();
  await page.keyboard.press('a');
  await lab.drawn();
  await expect(said(lab)).toContainText('Added');
  await page.keyboard.press('Enter');
  await lab.drawn();
  expect(await rows(lab)).toBe(5);
  await points(lab).focus();
  for (let press = 0; press < 3; press += 1) {
    // What comes within one frame is one change, and one way back.
    await page.keyboard.press('Delete');
    await lab.drawn();
  }
  await expect(said(lab)).toContainText('Removed. Sample');
  expect(await rows(lab)).toBe(2);
  await points(lab).focus();
  await page.keyboard.press('Delete');
  await lab.drawn();
  await expect(said(lab)).toContainText('Two points have to stay.');
  expect(await rows(lab)).toBe(2);
  await page.goBack();
  await lab.drawn();
  expect(await rows(lab), 'one Back, one sample').toBe(3);
});

test('what is made with the button by a key stands beside the sample and follows the keys', async ({ lab, page }) => {
  await lab.open(FOUR);
  await lab.button('Add point').focus();
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect(points(lab)).toBeFocused();
  await expect(said(lab)).toContainText('Added');
  await page.keyboard.press('Escape');
  await lab.drawn();
  expect(await rows(lab)).toBe(4);
  await expect.poll(() => lab.linked('loss')).toContain('four_points');
});

test('classes are set by keys and by the button', async ({ lab, page }) => {
  await lab.open(CLASSES);
  await points(lab).focus();
  await lab.drawn();
  await expect(words(lab)).toContainText('probability of class 1');
  await page.keyboard.press('1');
  await lab.drawn();
  await expect(said(lab)).toContainText('Class changed.');
  const first = await words(lab).textContent();
  await lab.button('Other class').click();
  await lab.drawn();
  const second = await words(lab).textContent();
  expect(second).not.toBe(first);
  await expect.poll(() => lab.linked('loss')).toContain('data=own');
});

test('a standardized sample stays under the pointer', async ({ lab, page }) => {
  await lab.open('#v=1&loss=linear_regression,data=four_points,standardize=1&steps=50&run=sgd,lr=0.05&step=20');
  const box = (await lab.page.locator('#data-overlay').boundingBox())!;
  // Standardized they are at ±1.34 and ±0.45, with 6 % of room.
  const z = (value: number) => (value + 1.342 + 0.161) / (2 * 1.342 + 0.322);
  const place = (x: number, y: number) => ({
    x: box.x + 46 + z(x) * (box.width - 47),
    y: box.y + (1 - z(y)) * (box.height - 46),
  });
  const [from, to] = [place(1.342, 1.342), place(0.9, 0.2)];
  await lab.drag(from, to, 5);
  await page.mouse.up();
  await lab.drawn();
  await expect(words(lab)).toContainText('Sample 4');
  await page.mouse.move(box.x + 60, box.y + 60);
  await lab.drawn();
  await page.mouse.move(to.x, to.y);
  await lab.drawn();
  await expect(words(lab)).toContainText(/Sample 4: x 0\.(8[6-9]|9)/);
});

test('the table lists the samples with what the run says of them', async ({ lab, page }) => {
  await lab.open(LINE);
  await lab.button('Table of the data').click();
  await lab.drawn();
  const table = page.getByRole('table').filter({ hasText: 'Residual' });
  await expect(table.getByRole('columnheader')).toHaveText(['Sample', 'x', 'y', 'Prediction', 'Residual', 'In the batch']);
  await expect(table.getByRole('row')).toHaveCount(101);
  await expect(page.locator('#table-body td', { hasText: /^yes$/ })).toHaveCount(8);
  await lab.button('Close').click();
  await expect(page.locator('#table-dialog')).toBeHidden();
});

test('where one predicts first no line is shown, and no residual', async ({ lab, page }) => {
  await lab.open(`${FOUR}&predict=1`);
  const { x, y } = await at(lab, 1, 1);
  await page.mouse.click(x, y);
  await lab.drawn();
  await expect(words(lab)).toHaveText('Sample 1: x 1.00, y 1.00');
  await lab.button('Table of the data').click();
  await lab.drawn();
  await expect(page.locator('#table-head th')).toHaveText(['Sample', 'x', 'y']);
});

// Neither do words depend on colours nor colours on words.
for (const [theme, language, find] of [['light', 'en', faults], ['dark', 'zh', faultsOfLook]] as const) {
  test(`axe finds nothing, ${theme}, ${language}`, async ({ lab, page }) => {
    await lab.open(`${FEW}&theme=${theme}&lang=${language}`);
    await page.locator('#data').focus();
    await lab.drawn();
    expect(await find(page)).toEqual([]);
    await page.locator('#open-table').click();
    await lab.drawn();
    expect(await find(page, '#table-dialog')).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });

  test('one button shows the data, the other the map, and nothing jumps', async ({ lab, page }) => {
    await lab.open(FOUR);
    const below = await lab.verdict.boundingBox();
    await expect(lab.map).toBeVisible();
    await expect(points(lab)).toBeHidden();
    await lab.button('Data').tap();
    await lab.drawn();
    await expect(lab.map).toBeHidden();
    await expect(points(lab)).toBeVisible();
    expect(await lab.verdict.boundingBox()).toEqual(below);
    expect(await lab.colors('data-overlay')).toBeGreaterThan(5);
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content).toBeLessThanOrEqual(window);
    const small = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons.map((button) => [button.id, button.getBoundingClientRect()] as const)
        .filter(([, box]) => box.width < 36 || box.height < 36).map(([id]) => id));
    expect(small).toEqual([]);
    await lab.button('Map').tap();
    await lab.drawn();
    expect(await lab.colors('map-overlay')).toBeGreaterThan(5);
  });

  test('a finger drags a sample, a tap chooses one for the button to remove', async ({ lab, page }) => {
    await lab.open(FOUR);
    await lab.button('Data').tap();
    await lab.drawn();
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', places: Point[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: places.map((place) => ({ ...place, id: 1 })) });
    const [from, to] = [await at(lab, 3, 3), await at(lab, 3, 2)];
    await touch('touchStart', [{ x: from.x + 8, y: from.y + 8 }]);
    for (let move = 1; move <= 6; move += 1) {
      const share = move / 6;
      await touch('touchMove', [{ x: from.x + 8, y: from.y + 8 + share * (to.y - from.y) }]);
    }
    await touch('touchEnd', []);
    await lab.drawn();
    await expect(words(lab)).toContainText(/Sample 3: x 3\.0\d, y (2\.0|1\.9)/);
    await expect.poll(() => lab.linked('loss')).toContain('data=own');
    const other = await at(lab, 1, 1);
    await touch('touchStart', [other]);
    await touch('touchEnd', []);
    await lab.drawn();
    await expect(words(lab)).toContainText('Sample 1');
    await lab.button('Remove point').tap();
    await lab.drawn();
    expect(await rows(lab)).toBe(3);
  });
});
