// 'Predict first' at every size: nothing moves, thumbs find the answers, axe finds nothing.

import { type Page } from '@playwright/test';

import { faults, faultsOfLook } from './accessibility';
import { expect, test } from './page';
import { asked, CONVERGES, DIVERGES, guess, RAVINE, status } from './prediction';

const SIZES = {
  desktop: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 720 },
  'small laptop': { width: 1100, height: 720 },
  tablet: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
};

const places = (page: Page) => page.evaluate(() =>
  ['map', 'play', 'step', 'rate-value', 'rate', 'rate-scale', 'chart'].map((id) => {
    const { x, y, width, height } = document.getElementById(id)!.getBoundingClientRect();
    return `${id}: ${[x, y, width, height].map(Math.round).join(' ')}`;
  }));

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of ['en', 'zh']) {
    test(`nothing moves between question and answer: ${size}, ${language}`, async ({ lab, page }) => {
      await page.setViewportSize(viewport);
      await lab.open(asked(DIVERGES, `&lang=${language}`));
      const before = await places(page);
      const answers = page.locator('#guesses button');
      await expect(answers).toHaveCount(6);
      const row = (await page.locator('#verdict-row').boundingBox())!;
      for (const answer of await answers.all()) {
        const box = (await answer.boundingBox())!;
        expect(box.height).toBeGreaterThanOrEqual(size === 'phone' ? 44 : 36);
        expect(box.x).toBeGreaterThanOrEqual(row.x);
        expect(box.x + box.width).toBeLessThanOrEqual(row.x + row.width);
        expect(box.y).toBeGreaterThanOrEqual(row.y);
        expect(box.y + box.height).toBeLessThanOrEqual(row.y + row.height);
        expect(await answer.evaluate((button) => button.scrollWidth <= button.clientWidth)).toBe(true);
      }
      await answers.first().click();
      await lab.drawn();
      expect(await places(page)).toEqual(before);
      await page.locator('#play').click();
      await expect(page.locator('#score')).toBeVisible();
      expect(await places(page)).toEqual(before);
      await page.locator('#rate-up').click();
      await expect(page.locator('#guesses')).toBeVisible();
      expect(await places(page)).toEqual(before);
    });
  }
}

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: SIZES.phone, deviceScaleFactor: 3 });

  test('two rows of three, by touch, all on the first screen', async ({ lab, page }) => {
    await lab.open(`${RAVINE}&run=sgd,lr=${CONVERGES}`);
    await lab.button('More').tap();
    await lab.button('Predict first').tap();
    await lab.button('More').tap();
    const rows = await page.locator('#guesses button').evaluateAll((buttons) =>
      buttons.map((button) => Math.round(button.getBoundingClientRect().y)));
    expect(new Set(rows.slice(0, 3)).size).toBe(1);
    expect(new Set(rows.slice(3)).size).toBe(1);
    for (const part of [lab.map, lab.verdict, guess(lab, 'diverges'), lab.button('Play'), lab.rateSlider, lab.rateField]) {
      await expect(part).toBeInViewport({ ratio: 0.9 });
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await guess(lab, 'converges').tap();
    await lab.button('Pause').tap();
    await expect(status(lab)).toContainText('Right: Converges');
  });
});

for (const [theme, size, find] of [['light', 'laptop', faults], ['dark', 'phone', faultsOfLook]] as const) {
  test(`axe finds nothing: ${theme}, ${size}`, async ({ lab, page }) => {
    await page.setViewportSize(SIZES[size]);
    await lab.open(asked(CONVERGES, `&theme=${theme}`));
    await page.locator('#speed').evaluate((picker: HTMLSelectElement) => {
      picker.value = '0.25';
      picker.dispatchEvent(new Event('change'));
    });
    await lab.still();
    expect(await find(page)).toEqual([]);
    await guess(lab, 'diverges').click();
    await lab.still();
    expect(await find(page)).toEqual([]);
    await lab.button('Pause').click();
    await lab.still();
    expect(await find(page)).toEqual([]);
  });
}
