// How much moves: smooth by default, calm for those who ask for it.

import { expect, test } from './page';

const READY = '#v=1&preset=oscillating';

test('the puck slides from step to step', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(READY);
  await lab.button('Play').click();
  await expect.poll(() => lab.step()).toBeGreaterThan(0);
  const [drawings, step] = [await lab.drawings('map-overlay'), await lab.step()];
  await page.waitForTimeout(1000);
  const steps = (await lab.step()) - step;
  expect((await lab.drawings('map-overlay')) - drawings).toBeGreaterThan(1.5 * steps);
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing plays by itself', async ({ lab, page }) => {
    await lab.open();
    await expect(lab.button('Play')).toBeVisible();
    await page.waitForTimeout(600);
    expect(await lab.step()).toBe(0);
  });

  test('the picture changes at most four times a second', async ({ lab, page }) => {
    await lab.recordDrawing();
    await lab.open(READY);
    await lab.button('Play').click();
    await expect.poll(() => lab.step()).toBeGreaterThan(0);
    const counted = await page.evaluate(async () => {
      const { drawings } = window as unknown as { drawings: Record<string, number> };
      const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
      const slider = document.getElementById('step') as HTMLInputElement;
      const begin = await frame();
      const [map, chart, step] = [drawings['map-overlay'], drawings.chart, slider.valueAsNumber];
      let now = begin;
      while (now - begin < 2000) now = await frame();
      return {
        seconds: (now - begin) / 1000,
        map: drawings['map-overlay'] - map,
        chart: drawings.chart - chart,
        steps: slider.valueAsNumber - step,
      };
    });
    expect(counted.map).toBeLessThanOrEqual(4 * counted.seconds + 1);
    expect(counted.chart).toBeLessThanOrEqual(4 * counted.seconds + 1);
    expect(counted.map).toBeGreaterThan(2);
    // It is as fast as ever, only in jumps.
    expect(counted.steps).toBeGreaterThan(counted.map);
  });

  test('a drag is followed all the same', async ({ lab, page }) => {
    await lab.open(READY);
    const from = await lab.thumb(lab.rateSlider);
    const map = await lab.picture('map-overlay');
    await lab.drag(from, { x: from.x - 60, y: from.y });
    expect(await lab.picture('map-overlay')).not.toBe(map);
    await page.mouse.up();
  });
});
