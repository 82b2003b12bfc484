// No violation that axe can find, in both languages and themes, at both sizes.

import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { expect, test } from './page';

async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n  ${nodes.map((node) => `${node.target}: ${node.failureSummary}`).join('\n  ')}`);
}

const SIZES = {
  desktop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
};

// Any two of size, language and theme meet in one of them.
const LOOKS = [
  ['desktop', 'en', 'light'],
  ['desktop', 'zh', 'dark'],
  ['phone', 'en', 'dark'],
  ['phone', 'zh', 'light'],
] as const;

for (const [size, language, theme] of LOOKS) {
  test(`${size}, ${language}, ${theme}`, async ({ lab, page }) => {
    await page.setViewportSize(SIZES[size]);
    await lab.before(() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('no')); });
    const look = `lang=${language}&theme=${theme}`;
    await test.step('a run off the map, refusals in the notice and in fields', async () => {
      await lab.open(`#v=1&preset=too_large&step=60&${look}&colour=red&view=1`);
      await page.locator('#rate-value').fill('abc');
      await page.locator('#rate-value').press('Enter');
      await lab.drawn();
      await expect(lab.notice).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
    await test.step('everything as it should be', async () => {
      await lab.open(`#v=1&preset=oscillating&step=30&${look}`);
      await page.locator('#rate-up').click();
      await lab.drawn();
      expect(await violations(page)).toEqual([]);
    });
    if (size === 'phone') {
      await test.step('sheet and menu', async () => {
        await page.locator('#sheet-handle').click({ position: { x: 195, y: 10 } });
        await expect(page.locator('#loss')).toBeInViewport();
        // Colours are measured when nothing moves any more.
        await page.waitForTimeout(400);
        expect(await violations(page)).toEqual([]);
        await page.locator('#sheet-handle').click({ position: { x: 195, y: 10 } });
        await page.locator('#more').click();
        await page.waitForTimeout(400);
        expect(await violations(page)).toEqual([]);
        await page.locator('#more').click();
      });
    }
    await test.step('dialogs', async () => {
      await page.locator('#share').click();
      await expect(page.locator('#share-dialog')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.locator('#help-dialog')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.evaluate(() => document.getElementById('help-dialog')!.remove());
      await page.keyboard.press('?');
      await expect(page.locator('#crash')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      lab.complaints.length = 0;
    });
  });
}
