// How much moves: smooth by default, calm for those who ask for it. On a stopped clock,
// so that a busy machine shows the same frames.

import { expect, test, type Lab } from './page';

const READY = '#v=1&preset=oscillating';

test.use({ ownContext: true });

/** Plays a while: how often map and chart are drawn, and how many steps that is. */
async function play(lab: Lab, milliseconds: number) {
  await lab.recordDrawing();
  await lab.stopClock();
  await lab.open(READY);
  await lab.button('Play').click();
  await lab.pass(100);
  const counts = async () => [
    await lab.drawings('map-overlay'), await lab.drawings('chart'), await lab.step(),
  ];
  const before = await counts();
  await lab.pass(milliseconds);
  const [map, chart, steps] = (await counts()).map((count, place) => count - before[place]);
  return { map, chart, steps };
}

test('the puck slides from step to step', async ({ lab }) => {
  const { map, steps } = await play(lab, 1000);
  expect(steps).toBeGreaterThan(3);
  expect(map).toBeGreaterThan(5 * steps);
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing plays by itself', async ({ lab }) => {
    await lab.stopClock();
    await lab.open();
    await lab.pass(600);
    await expect(lab.button('Play')).toBeVisible();
    expect(await lab.step()).toBe(0);
  });

  test('the picture changes at most four times a second', async ({ lab }) => {
    const { map, chart, steps } = await play(lab, 2000);
    expect(map).toBeLessThanOrEqual(9);
    expect(chart).toBeLessThanOrEqual(9);
    expect(map).toBeGreaterThan(2);
    // It is as fast as ever, only in jumps.
    expect(steps).toBeGreaterThan(map);
  });

  test.describe('under the thumb', () => {
    test.use({ ownContext: false });

    test('a drag is followed all the same', async ({ lab, page }) => {
      await lab.open(READY);
      const from = await lab.thumb(lab.rateSlider);
      const map = await lab.picture('map-overlay');
      await lab.drag(from, { x: from.x - 60, y: from.y });
      expect(await lab.picture('map-overlay')).not.toBe(map);
      await page.mouse.up();
    });
  });
});
