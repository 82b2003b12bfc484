// Nothing jumps: neither by the browser's own measure, nor under the thumb.

import { type Page } from '@playwright/test';

import { expect, test, type Lab } from './page';

const SIZES = {
  desktop: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
};

/** Adds up what the browser calls layout shift: what moves by itself, not in answer to a press. */
async function recordShifts(lab: Lab) {
  await lab.before(() => {
    const shifts: { value: number; moved: string }[] = [];
    Object.assign(window, { shifts });
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Element }[] };
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
        const moved = sources.map(({ node }) => node?.id || node?.nodeName).join(', ');
        if (!hadRecentInput) shifts.push({ value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

async function expectNoShift(page: Page, when: string) {
  const shifts = await page.evaluate(
    () => (window as unknown as { shifts: { value: number; moved: string }[] }).shifts.splice(0),
  );
  const sum = shifts.reduce((sum, { value }) => sum + value, 0);
  expect.soft(sum, `${when}: ${JSON.stringify(shifts)}`).toBeLessThan(0.001);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`by the browser's measure: ${size}`, async ({ lab, page }) => {
    // It drags frame by frame over every scenario: slow where frames are.
    test.setTimeout(90_000);
    await page.setViewportSize(viewport);
    await recordShifts(lab);
    await lab.open();
    await page.waitForTimeout(300);
    await expectNoShift(page, 'while it opens and plays');
    const from = await lab.thumb(lab.rateSlider);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const way of [20, 60, 80, 20, -40, -100, -160]) {
      await page.mouse.move(from.x + way, from.y, { steps: 4 });
      await lab.drawn();
    }
    await page.mouse.up();
    await page.waitForTimeout(200);
    await expectNoShift(page, 'while the rate is dragged');
    await lab.picker('Scenario').focus();
    const count = await lab.picker('Scenario').locator('option').count();
    for (let press = 1; press < count; press += 1) {
      await page.keyboard.press('ArrowDown');
      await lab.drawn();
    }
    const last = lab.picker('Scenario').locator('option').last();
    await expect(lab.picker('Scenario')).toHaveValue((await last.getAttribute('value'))!);
    await expectNoShift(page, 'from scenario to scenario');
    await lab.button('Play').click();
    await page.waitForTimeout(1000);
    await expectNoShift(page, 'while it plays');
  });

  test(`by the same measure while a long run is made: ${size}`, async ({ lab, page }) => {
    await page.setViewportSize(viewport);
    await recordShifts(lab);
    await lab.open('#v=1&loss=logistic_regression,data=moons,count=10000&steps=200000&run=sgd,lr=2');
    await expect(lab.verdict).toHaveAttribute('data-outcome', 'making');
    await expect(page.locator('#fewer')).toBeVisible();
    await page.waitForTimeout(1000);
    await expectNoShift(page, 'while figures grow and fewer steps are offered');
  });

  test(`what one drags with stays under the thumb: ${size}`, async ({ lab, page }) => {
    await page.setViewportSize(viewport);
    await lab.open('#v=1&preset=oscillating&step=20');
    const parts = ['verdict', 'map', 'play', 'step', 'speed', 'rate-value', 'rate-down', 'rate-up', 'rate', 'rate-scale', 'chart'];
    const places = () => page.evaluate((ids) => ids.map((id) => {
      const { x, y, width, height } = document.getElementById(id)!.getBoundingClientRect();
      return `${id}: ${[x, y, width, height].map(Math.round).join(' ')}`;
    }), parts);
    const before = await places();
    const from = await lab.thumb(lab.rateSlider);
    const thumb = await places();
    expect(thumb).toEqual(before);
    const words = new Set<string>();
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // Over every outcome, with numbers of every length.
    for (let way = -150; way <= 90; way += 12) {
      await page.mouse.move(from.x + way, from.y);
      await lab.drawn();
      expect(await places()).toEqual(before);
      words.add((await page.locator('#verdict').getAttribute('data-outcome'))!);
    }
    await page.mouse.up();
    await lab.drawn();
    expect(await places()).toEqual(before);
    expect(words.size).toBeGreaterThanOrEqual(3);

    // Nor when a refusal is told beside the number.
    await lab.type(lab.rateField, 'abc');
    await expect(page.locator('#rate-error')).toBeVisible();
    expect(await places()).toEqual(before);
  });
}
