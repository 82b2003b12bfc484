// No violation that axe can find, in both languages and themes, at both sizes.

import { faults, faultsOfLook } from './accessibility';
import { expect, test } from './page';

const SIZES = {
  desktop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
};

// Any two of size, language and theme meet in one of them. The first is looked at with
// every rule; so is what only a phone shows.
const LOOKS = [
  ['desktop', 'en', 'light', faults],
  ['desktop', 'zh', 'dark', faultsOfLook],
  ['phone', 'en', 'dark', faultsOfLook],
  ['phone', 'zh', 'light', faultsOfLook],
] as const;

for (const [size, language, theme, find] of LOOKS) {
  const look = `lang=${language}&theme=${theme}`;

  test.describe(`${size}, ${language}, ${theme}`, () => {
    test.beforeEach(({ page }) => page.setViewportSize(SIZES[size]));

    test('a run off the map, refusals in the notice and in fields', async ({ lab, page }) => {
      await lab.open(`#v=1&preset=too_large&step=60&${look}&colour=red&view=1`);
      await page.locator('#rate-value').fill('abc');
      await page.locator('#rate-value').press('Enter');
      await lab.settled();
      await expect(lab.notice).toBeVisible();
      expect(await find(page)).toEqual([]);
    });

    test('everything as it should be', async ({ lab, page }) => {
      await lab.open(`#v=1&preset=oscillating&step=30&${look}`);
      await page.locator('#rate-up').click();
      await lab.settled();
      expect(await find(page)).toEqual([]);
    });

    if (size === 'phone') {
      test('sheet and menu', async ({ lab, page }) => {
        const find = theme === 'dark' ? faults : faultsOfLook;
        await lab.open(`#v=1&preset=oscillating&step=30&${look}`);
        await page.locator('#sheet-handle').click({ position: { x: 195, y: 10 } });
        await expect(page.locator('#loss')).toBeInViewport();
        // Colours are measured when nothing moves any more.
        await lab.still();
        expect(await find(page)).toEqual([]);
        await page.locator('#sheet-handle').click({ position: { x: 195, y: 10 } });
        await page.locator('#more').click();
        await lab.still();
        expect(await find(page)).toEqual([]);
      });
    }

    test('dialogs', async ({ lab, page }) => {
      await lab.before(() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('no')); });
      await lab.open(`#v=1&preset=oscillating&step=30&${look}`);
      const lookAt = async (dialog: string) => {
        await expect(page.locator(dialog)).toBeVisible();
        await lab.still();
        expect(await find(page, dialog)).toEqual([]);
      };
      await page.locator('#share').click();
      await lookAt('#share-dialog');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await lookAt('#help-dialog');
      await page.keyboard.press('Escape');
      await page.evaluate(() => document.getElementById('help-dialog')!.remove());
      await page.keyboard.press('?');
      await lookAt('#crash');
      lab.complaints.length = 0;
    });
  });
}
