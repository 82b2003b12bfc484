// The page without a mouse.

import { expect, test } from './page';

const READY = '#v=1&preset=about_right';

test('Tab reaches every control, in the order of the page, and shows where it is', async ({ lab, page }) => {
  await lab.open(READY);
  const reached: string[] = [];
  const unmarked: string[] = [];
  /** What stands where the focus is, with some of what is around it. */
  const look = async (id: string) => {
    const box = (await page.locator(`#${id}`).boundingBox())!;
    const [x, y] = [Math.max(0, box.x - 4), Math.max(0, box.y - 4)];
    return page.screenshot({ clip: { x, y, width: box.width + 8, height: box.height + 8 } });
  };
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    const [id, isMarked] = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const style = getComputedStyle(element);
      const { id, className } = element;
      return [element === document.body ? '' : id || className, style.outlineStyle !== 'none'] as const;
    });
    if (!id || id === reached[0]) break;
    reached.push(id);
    if (isMarked) continue;
    // Thumbs and pseudo-elements have no style to ask for: there the eye decides.
    const focused = await look(id);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    if (focused.equals(await look(id))) unmarked.push(id);
    await page.locator(`#${id}`).focus();
  }
  const controls = [
    'previous-scenario', 'scenario', 'next-scenario', 'share', 'export', 'lang-en', 'lang-zh', 'theme', 'predict', 'help', 'map',
    'puck', 'zoom-in', 'zoom-out', 'fit', 'restart', 'step-back', 'play', 'step-forward', 'step', 'speed',
    'rate-value', 'rate-down', 'rate-up', 'rate', 'add-run', 'loss', 'fold-loss',
    'loss-knob-0', 'loss-knob-1', 'start-x', 'start-y', 'steps', 'numbers-summary', 'tab-loss',
  ];
  expect(controls.filter((control) => !reached.includes(control))).toEqual([]);
  expect(reached.filter((id) => controls.includes(id))).toEqual(controls);
  expect(unmarked).toEqual([]);
});

test('the first Tab offers to skip to the learning rate', async ({ lab, page }) => {
  await lab.open(READY);
  const address = page.url();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the learning rate' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(lab.rateSlider).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  expect(await lab.rate()).toBeGreaterThan(0.04);
  expect(address).toContain(READY);
});

test('a whole session by keys', async ({ lab, page }) => {
  await lab.open(READY);
  await page.keyboard.press(' ');
  await expect(lab.button('Pause')).toBeVisible();
  await expect.poll(() => lab.step()).toBeGreaterThan(0);
  await page.keyboard.press(' ');
  await expect(lab.button('Play')).toBeVisible();
  const step = await lab.step();
  await page.keyboard.press('.');
  await expect(lab.stepSlider).toHaveValue(String(step + 1));
  await page.keyboard.press(',');
  await page.keyboard.press(',');
  await expect(lab.stepSlider).toHaveValue(String(step - 1));
  await page.keyboard.press('Home');
  await expect(lab.stepSlider).toHaveValue('0');
  await page.keyboard.press(']');
  await expect(lab.picker('Scenario')).toHaveValue('best');
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(lab.picker('Scenario')).toHaveValue('too_small');
  await page.keyboard.press('t');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await page.keyboard.press('L');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the question mark opens the keyboard map, Escape closes it', async ({ lab, page }) => {
  await lab.open(READY);
  await lab.map.focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(dialog).toBeVisible();
  expect(await dialog.locator('dt').count()).toBeGreaterThan(8);
  // A key of the page does nothing under the dialog.
  await page.keyboard.press(']');
  await lab.drawn();
  await expect(page.locator('#scenario')).toHaveValue('about_right');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(lab.map, 'focus is back where it was').toBeFocused();
  await lab.button('Keyboard').focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(lab.button('Keyboard')).toBeFocused();
});

test('keys typed into a field stay there', async ({ lab, page }) => {
  await lab.open(READY);
  await lab.rateField.click();
  await page.keyboard.type('t ]l?,.');
  await lab.drawn();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(lab.picker('Scenario')).toHaveValue('about_right');
  await expect(page.locator('dialog:visible')).toHaveCount(0);
  await expect(lab.stepSlider).toHaveValue('0');
});

test('keys with Control or Alt are the browser\'s', async ({ lab, page }) => {
  await lab.open(READY);
  await lab.map.focus();
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Control+]');
  await lab.drawn();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(lab.picker('Scenario')).toHaveValue('about_right');
});

test('Space on a button presses that button, once', async ({ lab, page }) => {
  await lab.open(READY);
  await lab.button('Step forward').focus();
  await page.keyboard.press(' ');
  await expect(lab.stepSlider).toHaveValue('1');
  await expect(lab.button('Play')).toBeVisible();
  await lab.button('Play').focus();
  await page.keyboard.press(' ');
  await expect(lab.button('Pause')).toBeFocused();
});

test('Space on a slider plays', async ({ lab, page }) => {
  await lab.open(READY);
  await lab.rateSlider.focus();
  await page.keyboard.press(' ');
  await expect(lab.button('Pause')).toBeVisible();
});
