// Play, pause, step, scrub; and the run that leaves the map.

import { expect, test } from './page';

const READY = '#v=1&preset=about_right';

test.describe('on a stopped clock', () => {
  test.use({ ownContext: true });

  test('play moves the playhead, pause holds it', async ({ lab, page }) => {
    await lab.stopClock();
    await lab.open(READY);
    expect(await lab.step()).toBe(0);
    const chart = await lab.picture('chart');
    await lab.button('Play').click();
    await lab.pass(1000);
    await lab.button('Pause').click();
    await lab.pass(50);
    const [step, map] = [await lab.step(), await lab.picture('map-overlay')];
    expect(step).toBeGreaterThan(2);
    await lab.pass(500);
    expect(await lab.step()).toBe(step);
    expect(await lab.picture('map-overlay')).toBe(map);
    expect(await lab.picture('chart'), 'the chart goes with it').not.toBe(chart);
    await expect(page.locator('#step-now')).toHaveText(String(step));
    expect(lab.linked('step')).toBe(String(step));
  });

  for (const [speed, expected] of [['1', 6], ['16', 96]] as const) {
    test(`at speed ${speed} it plays ${expected} steps a second`, async ({ lab }) => {
      await lab.stopClock();
      await lab.open('#v=1&preset=at_the_limit&steps=400');
      await lab.picker('Speed').selectOption(speed);
      await lab.button('Play').click();
      await lab.pass(100);
      const before = await lab.step();
      await lab.pass(1000);
      expect(Math.abs((await lab.step()) - before - expected)).toBeLessThanOrEqual(2);
    });
  }
});

test('step forward, step back, restart', async ({ lab }) => {
  await lab.open(`${READY}&step=10`);
  await lab.button('Step forward').click();
  await expect(lab.stepSlider).toHaveValue('11');
  await lab.button('Step back').click();
  await lab.button('Step back').click();
  await expect(lab.stepSlider).toHaveValue('9');
  await expect.poll(() => lab.linked('step')).toBe('9');
  await lab.button('Restart').click();
  await expect(lab.stepSlider).toHaveValue('0');
  await lab.button('Step back').click();
  await lab.drawn();
  await expect(lab.stepSlider).toHaveValue('0');
});

test('a step while it plays pauses there', async ({ lab }) => {
  await lab.open(`${READY}&play=1`);
  await expect.poll(() => lab.step()).toBeGreaterThan(0);
  await lab.button('Step forward').click();
  await expect(lab.button('Play')).toBeVisible();
});

test('the step is scrubbed with the mouse', async ({ lab, page }) => {
  await lab.open(READY);
  const address = page.url();
  const from = await lab.thumb(lab.stepSlider);
  const box = (await lab.stepSlider.boundingBox())!;
  const maps = new Set<number>();
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (const share of [0.1, 0.2, 0.35, 0.5]) {
    await page.mouse.move(box.x + share * box.width, from.y, { steps: 5 });
    await lab.drawn();
    maps.add(await lab.picture('map-overlay'));
  }
  expect(maps.size).toBe(4);
  expect(Math.abs((await lab.step()) - 100)).toBeLessThan(12);
  expect(page.url(), 'the address waits for the release').toBe(address);
  await page.mouse.up();
  await expect.poll(() => lab.linked('step')).toBe(String(await lab.step()));
});

test('the step is scrubbed with the keyboard', async ({ lab, page }) => {
  await lab.open(`${READY}&step=50`);
  await lab.stepSlider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(lab.stepSlider).toHaveValue('51');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(lab.stepSlider).toHaveValue('49');
  await page.keyboard.press('PageUp');
  await lab.drawn();
  expect(await lab.step()).toBeGreaterThan(55);
  await page.keyboard.press('Home');
  await expect(lab.stepSlider).toHaveValue('0');
  await page.keyboard.press('End');
  await expect(lab.stepSlider).toHaveValue(await lab.stepSlider.getAttribute('max') as string);
  await expect(lab.stepSlider).toHaveAttribute('aria-valuetext', /step \d+ of \d+, loss/);
});

test('play at the end starts over', async ({ lab, page }) => {
  await lab.open(READY);
  await lab.stepSlider.focus();
  await page.keyboard.press('End');
  const end = Number(await lab.stepSlider.getAttribute('max'));
  await expect.poll(() => lab.step()).toBe(end);
  await lab.button('Play').click();
  await expect.poll(() => lab.step()).toBeLessThan(end / 2);
  await expect(lab.button('Pause')).toBeVisible();
});

test('play stops at the end', async ({ lab }) => {
  await lab.open(READY);
  await lab.picker('Speed').selectOption('256');
  await lab.button('Play').click();
  const end = Number(await lab.stepSlider.getAttribute('max'));
  await expect.poll(() => lab.step()).toBe(end);
  await expect(lab.button('Play')).toBeVisible();
  await expect.poll(() => lab.linked('step')).toBe(String(end));
});

test('a run that leaves the map is told at the edge and can be followed', async ({ lab, page }) => {
  await lab.open('#v=1&preset=too_large');
  await expect(lab.pill).toBeHidden();
  const distance = async () => {
    const words = await page.locator('#off-map-text').innerText();
    expect(words).toMatch(/units (above|below|left of|right of) the map/);
    const [, mantissa, raised] = /^([\d.,]+)(?:×10([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/.exec(words)!;
    const exponent = [...(raised ?? '')].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('');
    return Number(mantissa.replaceAll(',', '')) * 10 ** Number(exponent || 0);
  };
  await lab.stepSlider.focus();
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowRight');
  await expect(lab.pill).toBeVisible();
  const near = await distance();
  await page.keyboard.press('End');
  await lab.drawn();
  const far = await distance();
  // 2.5 × 1.1¹⁰⁰ is 34,000: nothing sticks to the border.
  expect(far).toBeGreaterThan(20_000);
  expect(far).toBeGreaterThan(100 * near);

  await lab.button('Fit path').click();
  await expect(lab.pill).toBeHidden();
  await expect.poll(() => lab.linked('view')).toBeDefined();
  const [, , low, high] = lab.linked('view')!.split(',').map(Number);
  expect(Math.max(high, -low)).toBeGreaterThan(far);
});

test('of a run that explodes the verdict and the pill stay plain words', async ({ lab, page }) => {
  await lab.open('#v=1&preset=condition_100');
  await lab.stepSlider.focus();
  await page.keyboard.press('End');
  await lab.drawn();
  await expect(lab.pill).toBeVisible();
  expect(await lab.words()).not.toMatch(/NaN|undefined|Infinity/);
  await lab.button('Fit path').click();
  await expect(lab.pill).toBeHidden();
  await expect(lab.button('Fit loss and path')).toBeVisible();
  await lab.button('Fit loss and path').click();
  await lab.drawn();
  expect(await lab.colors('map-base')).toBeGreaterThan(20);
});
