// The learning rate under the thumb.

import { expect, test } from './page';

const ABOUT_RIGHT = '#v=1&preset=about_right';

test('everything follows the slider while it is held', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  const address = page.url();
  const from = await lab.thumb(lab.rateSlider);
  const seen = new Set<number>();
  const verdicts = new Set<string>();
  let [map, chart] = [await lab.picture('map-overlay'), await lab.picture('chart')];

  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let move = 1; move <= 5; move += 1) {
    await page.mouse.move(from.x + 12 * move, from.y, { steps: 6 });
    await lab.drawn();
    seen.add(await lab.rate());
    verdicts.add(await lab.verdict.innerText());
    const now = [await lab.picture('map-overlay'), await lab.picture('chart')];
    expect(now[0], 'the path').not.toBe(map);
    expect(now[1], 'the chart').not.toBe(chart);
    [map, chart] = now;
  }
  expect(seen.size).toBe(5);
  expect(verdicts.size).toBe(5);
  expect(await lab.rate()).toBeGreaterThan(0.04);
  expect(page.url(), 'the address waits for the release').toBe(address);
  await page.mouse.up();
  await expect.poll(() => page.url()).not.toBe(address);
  await expect.poll(() => lab.linked('run')).toBe(`sgd,lr=${await lab.rate()}`);
});

test('the whole path changes under the thumb while it plays, and it plays on', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right&play=1');
  await expect.poll(() => lab.step()).toBeGreaterThan(0);
  const from = await lab.thumb(lab.rateSlider);
  const [verdict, chart] = [await lab.verdict.innerText(), await lab.picture('chart')];
  await lab.drag(from, { x: from.x + 30, y: from.y });
  expect(await lab.verdict.innerText()).not.toBe(verdict);
  expect(await lab.picture('chart')).not.toBe(chart);
  const step = await lab.step();
  await expect.poll(() => lab.step()).toBeGreaterThan(step);
  await expect(lab.button('Pause')).toBeVisible();
  await page.mouse.up();
});

test('a drag is one entry of the history; back and forward lead through', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  const entries = await page.evaluate(() => history.length);
  const from = await lab.thumb(lab.rateSlider);
  await lab.drag(from, { x: from.x + 40, y: from.y }, 30);
  await page.mouse.up();
  await lab.drawn();
  const dragged = await lab.rate();
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await lab.button('Lower the learning rate').click();
  await lab.drawn();
  const lowered = await lab.rate();
  await page.goBack();
  await expect.poll(() => lab.rate()).toBe(dragged);
  await page.goBack();
  await expect.poll(() => lab.rate()).toBe(0.04);
  await page.goForward();
  await expect.poll(() => lab.rate()).toBe(dragged);
  await page.goForward();
  await expect.poll(() => lab.rate()).toBe(lowered);
});

test('the previous rate stays as a ghost', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  await expect(page.locator('#legend-ghost-row')).toBeHidden();
  await lab.type(lab.rateField, '0.09');
  await expect(page.locator('#legend-ghost-row')).toBeVisible();
  await expect(page.locator('#legend-ghost-name')).toContainText('0.04');
});

const KEYS: [string, number][] = [
  ['ArrowRight', 1 / 20],
  ['ArrowUp', 1 / 20],
  ['ArrowLeft', -1 / 20],
  ['ArrowDown', -1 / 20],
  ['Shift+ArrowRight', 1 / 100],
  ['Shift+ArrowLeft', -1 / 100],
  ['PageUp', 1 / 4],
  ['PageDown', -1 / 4],
];

test('keys multiply the rate by powers of ten', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  await lab.rateSlider.focus();
  for (const [key, decades] of KEYS) {
    for (const time of ['once', 'again']) {
      const before = await lab.rate();
      await page.keyboard.press(key);
      await lab.drawn();
      // The page shows and uses four digits.
      const moved = Math.log10((await lab.rate()) / before);
      expect(Math.abs(moved - decades), `${key}, ${time}`).toBeLessThan(3e-4);
    }
    // What the scenario says anyway is left out of the link.
    const rate = await lab.rate();
    await expect.poll(() => lab.linked('run'), key).toBe(rate === 0.04 ? undefined : `sgd,lr=${rate}`);
  }
});

test('Home and End go to the ends of the slider', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  await lab.rateSlider.focus();
  const ends = await lab.rateSlider.evaluate((input: HTMLInputElement) => [Number(input.min), Number(input.max)]);
  await page.keyboard.press('End');
  await lab.drawn();
  const high = await lab.rate();
  await page.keyboard.press('Home');
  await lab.drawn();
  const low = await lab.rate();
  expect(Math.abs(Math.log10(high) - ends[1])).toBeLessThan(5e-3);
  expect(Math.abs(Math.log10(low) - ends[0])).toBeLessThan(5e-3);
  // Both far beyond the limit of 0.1 and far below it.
  expect(high).toBeGreaterThan(0.1);
  expect(low).toBeLessThan(0.01);
});

test('the buttons beside the number nudge it', async ({ lab }) => {
  await lab.open(ABOUT_RIGHT);
  await lab.button('Raise the learning rate').click();
  await lab.drawn();
  expect(Math.abs(Math.log10((await lab.rate()) / 0.04) - 0.05)).toBeLessThan(3e-4);
  await lab.button('Lower the learning rate').click();
  await lab.button('Lower the learning rate').click();
  await lab.drawn();
  expect(Math.abs(Math.log10((await lab.rate()) / 0.04) + 0.05)).toBeLessThan(6e-4);
});

const TAKEN = [['0.0625', 0.0625], ['0,05', 0.05], ['1e-3', 0.001], [' .08 ', 0.08], ['250', 250]] as const;

test('the field takes numbers as people write them', async ({ lab }) => {
  await lab.open(ABOUT_RIGHT);
  for (const [typed, rate] of TAKEN) {
    const verdict = await lab.verdict.innerText();
    await lab.type(lab.rateField, typed);
    expect(await lab.rate(), typed).toBe(rate);
    await expect(lab.rateField, typed).not.toHaveAttribute('aria-invalid', 'true');
    expect(await lab.verdict.innerText(), typed).not.toBe(verdict);
    await expect.poll(() => Number(lab.linked('run')?.split('lr=')[1]), typed).toBe(rate);
  }
});

test('the field refuses what is no rate, in words', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  const error = page.locator('#rate-error');
  for (const typed of ['abc', '-1', '0', '', '1e999', 'NaN', '0.1.2']) {
    // The better rate beside it comes a few frames later.
    const sentence = page.locator('#verdict-text');
    const [address, verdict] = [page.url(), await sentence.innerText()];
    await lab.type(lab.rateField, typed);
    await expect(lab.rateField, typed).toHaveAttribute('aria-invalid', 'true');
    await expect(lab.rateField, typed).toHaveValue(typed);
    await expect(error, typed).toBeVisible();
    await expect(error, typed).toContainText('positive number');
    await expect(lab.rateField, typed).toHaveAccessibleDescription(/positive number/);
    expect(await sentence.innerText(), typed).toBe(verdict);
    expect(page.url(), typed).toBe(address);

    // A good number puts it right.
    await lab.type(lab.rateField, '0.02');
    await expect(lab.rateField, typed).not.toHaveAttribute('aria-invalid', 'true');
    await expect(error, typed).toBeEmpty();
  }
});

test('a refused text gives way to the rate that is set by hand', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  await lab.type(lab.rateField, 'abc');
  await lab.rateSlider.focus();
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  expect(await lab.rate()).toBeGreaterThan(0.04);
  await expect(lab.rateField).not.toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#rate-error')).toBeEmpty();
});

test('typing the rate that is there already takes a refusal back', async ({ lab, page }) => {
  await lab.open(ABOUT_RIGHT);
  await lab.type(lab.rateField, 'abc');
  await lab.type(lab.rateField, '0.04');
  await expect(lab.rateField).not.toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#rate-error')).toBeEmpty();
  expect(await lab.rate()).toBe(0.04);
});

test('the ruler marks best and limit', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(ABOUT_RIGHT);
  const words = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.join('\n'));
  expect(words).toMatch(/\bbest\b/);
  expect(words).toMatch(/\blimit\b/);
});
