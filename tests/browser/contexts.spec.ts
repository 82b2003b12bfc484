// What one test leaves behind is not there in the next, though both have the same page.

import { type Page } from '@playwright/test';

import { expect, test } from './page';

test.describe.configure({ mode: 'serial' });

const LINK = '#v=1&preset=about_right';
let before: Page | undefined;

test('much is stored, allowed, preferred, routed and gone through', async ({ lab, page }) => {
  before = page;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.before(() => { Object.assign(window, { isLeft: true }); });
  await page.route('**/nowhere', (route) => route.fulfill({ body: 'somewhere' }));
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 700, height: 500 });
  await lab.open(LINK);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await lab.button('Step forward').click();
  await lab.button('Next scenario').click();
  await expect.poll(() => lab.linked('preset')).toBe('best');
  await page.evaluate(async () => {
    localStorage.setItem('left', '1');
    document.cookie = 'left=1';
    await new Promise((done) => { indexedDB.open('left').onsuccess = done; });
  });
  await page.context().newPage();
});

test('the next test finds nothing of it', async ({ lab, page }) => {
  expect(page).toBe(before);
  expect(page.context().pages()).toEqual([page]);
  await lab.open(LINK);
  const found = await page.evaluate(async () => ({
    storage: localStorage.length,
    cookie: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    permission: (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })).state,
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    isCalm: matchMedia('(prefers-reduced-motion: reduce)').matches,
    size: [innerWidth, innerHeight],
    history: history.length,
    isLeft: 'isLeft' in window,
    routed: (await fetch('nowhere')).ok,
  }));
  expect(found).toEqual({
    storage: 0,
    cookie: '',
    databases: [],
    permission: 'prompt',
    isDark: false,
    isCalm: false,
    size: [1280, 720],
    history: expect.any(Number),
    isLeft: false,
    routed: false,
  });
  expect(found.history).toBeLessThanOrEqual(2);
  // The missing address is told of in the console.
  lab.complaints.length = 0;
});
