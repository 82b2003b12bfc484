// The page on a phone.

import { expect, test } from './page';

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 });

const READY = '#v=1&preset=oscillating';

for (const fragment of [READY, `${READY}&lang=zh`, '#v=1&loss=mystery&start=NaN,NaN&run=sgd,lr=-1']) {
  test(`nothing scrolls sideways: ${fragment}`, async ({ lab, page }) => {
    await lab.open(fragment);
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content).toBeLessThanOrEqual(window);
    expect(window).toBe(390);
  });
}

test('map, verdict, transport and rate are on the first screen', async ({ lab }) => {
  await lab.open(READY);
  for (const part of [lab.map, lab.verdict, lab.button('Play'), lab.rateSlider, lab.rateField]) {
    await expect(part).toBeInViewport({ ratio: 0.9 });
  }
});

test('what is touched is large enough for a thumb', async ({ lab, page }) => {
  await lab.open(READY);
  const small = await page.locator('button:visible, select:visible').evaluateAll((elements) =>
    elements
      .map((element) => [element.id || element.outerHTML, element.getBoundingClientRect()] as const)
      .filter(([, box]) => box.width < 36 || box.height < 36)
      .map(([id, box]) => `${id}: ${box.width} × ${box.height}`));
  expect(small).toEqual([]);
});

test('the sheet opens and closes', async ({ lab, page }) => {
  await lab.open(READY);
  await expect(lab.field('Steps')).not.toBeInViewport();
  const handle = page.locator('#sheet-handle');
  await expect(handle).toHaveAttribute('aria-expanded', 'false');
  await handle.tap({ position: { x: 195, y: 10 } });
  await expect(handle).toHaveAttribute('aria-expanded', 'true');
  await expect(lab.picker('Loss')).toBeInViewport();
  await expect(lab.field('Steps')).toBeInViewport();
  await page.getByRole('link', { name: 'Chart' }).tap();
  await expect(page.locator('#chart')).toBeInViewport();
  expect(await lab.colors('chart')).toBeGreaterThan(5);
  await handle.tap({ position: { x: 195, y: 10 } });
  await expect(handle).toHaveAttribute('aria-expanded', 'false');
  await expect(lab.field('Steps')).not.toBeInViewport();
});

test('a tab opens the sheet and leaves the link alone', async ({ lab, page }) => {
  await lab.open(READY);
  const address = page.url();
  await page.getByRole('link', { name: 'Chart' }).tap();
  await expect(page.locator('#sheet-handle')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('#chart')).toBeInViewport();
  expect(page.url()).toBe(address);
});

test('language, theme and help are in the menu', async ({ lab, page }) => {
  await lab.open(READY);
  const chinese = page.getByRole('button', { name: '中文' });
  await expect(chinese).toBeHidden();
  await lab.button('More').tap();
  await chinese.tap();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await page.locator('#theme').tap();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the menu closes with Escape and with a tap anywhere else', async ({ lab, page }) => {
  await lab.open(READY);
  const chinese = page.getByRole('button', { name: '中文' });
  for (const close of [() => page.keyboard.press('Escape'), () => page.locator('#caption').tap()]) {
    await lab.button('More').tap();
    await expect(chinese).toBeVisible();
    await close();
    await expect(chinese).toBeHidden();
  }
});

test('on its side it works, too', async ({ lab, page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await lab.open(READY);
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(window);
  await lab.button('Step forward').tap();
  await expect(lab.stepSlider).toHaveValue('1');
});
