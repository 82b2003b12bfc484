// The charts: what they show, of which runs, and what stands under the pointer.

import { expect, test, type Lab } from './page';

const THREE =
  '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=100&step=16&run=sgd,lr=0.085,schedule=cosine,t_max=100&run=momentum,lr=0.02&run=adam,lr=0.45';

const tab = (lab: Lab, name: string) => lab.page.getByRole('tab', { name, exact: true });

test.beforeEach(async ({ lab }) => lab.recordDrawing());

/** The words drawn while `act` was done. */
async function wordsDrawn(lab: Lab, act: () => Promise<void>) {
  await lab.page.evaluate(() => { (window as unknown as { drawnWords: string[] }).drawnWords.length = 0; });
  await act();
  await lab.drawn();
  return lab.page.evaluate(() => [...(window as unknown as { drawnWords: string[] }).drawnWords]);
}

test('quantities, each of all runs with a name at its line', async ({ lab }) => {
  await lab.open(THREE);
  const seen = new Set<number>([await lab.picture('chart')]);
  for (const name of ['Gradient norm', 'Learning rate', 'Step length']) {
    const words = await wordsDrawn(lab, () => tab(lab, name).click());
    await expect(tab(lab, name)).toHaveAttribute('aria-selected', 'true');
    for (const run of ['Gradient descent', 'Momentum', 'Adam']) expect(words.join('|'), name).toContain(run);
    seen.add(await lab.picture('chart'));
  }
  expect(seen.size, 'four different charts').toBe(4);
});

test('the tabs are worked by arrow keys', async ({ lab, page }) => {
  await lab.open(THREE);
  await tab(lab, 'Loss').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(lab, 'Gradient norm')).toBeFocused();
  await expect(tab(lab, 'Gradient norm')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(page.getByRole('table')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(tab(lab, 'Loss')).toBeFocused();
  await expect(page.locator('#chart')).toBeVisible();
});

test('the values under the pointer are those of the run', async ({ lab, page }) => {
  await lab.open(THREE);
  const box = (await page.locator('#chart').boundingBox())!;
  const before = await lab.picture('chart');
  const words = await wordsDrawn(lab, () => page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2));
  expect(await lab.picture('chart')).not.toBe(before);
  // The step under the pointer is among the words, and each run's loss there.
  const computed = await page.evaluate(async (link) => {
    const module = await import(new URL('descent-lab.js', location.href).href);
    await module.default();
    return [0, 1, 2].map((run) => Array.from(module.trajectory(link, run).loss as Float64Array));
  }, THREE);
  const step = Number(/step (\d+)/.exec(words.join('|'))?.[1]);
  expect(step, words.join('|')).toBeGreaterThan(16);
  const short = (value: number) => value.toPrecision(3);
  for (const losses of computed) {
    const digits = short(losses[step]).replace(/e.*/, '').replace(/^0\.0*/, '').replace('.', '');
    const drawn = words.map((word) => word.replace(/[^0-9.]/g, '').replace(/^0\.0*/, '').replace('.', ''));
    expect(drawn.some((word) => word.startsWith(digits.slice(0, 2))), `${digits} in ${words.join('|')}`).toBe(true);
  }
  await page.mouse.move(box.x + box.width / 2, box.y - 80);
  await lab.drawn();
  expect(await lab.picture('chart'), 'nothing stays').toBe(before);
});

test('the learning rate of a schedule is drawn in its chart and beside its name', async ({ lab, page }) => {
  await lab.open(THREE);
  await tab(lab, 'Learning rate').click();
  await lab.drawn();
  const [chart, curve] = [await lab.picture('chart'), await page.locator('.run-curve').first().evaluate(
    (canvas) => (canvas as HTMLCanvasElement).toDataURL())];
  await page.getByRole('combobox', { name: 'Schedule' }).first().selectOption('step');
  await lab.drawn();
  expect(await lab.picture('chart')).not.toBe(chart);
  expect(await page.locator('.run-curve').first().evaluate(
    (canvas) => (canvas as HTMLCanvasElement).toDataURL())).not.toBe(curve);
});

test('only the lines change with the step; nothing shows NaN whatever the runs do', async ({ lab, page }) => {
  await lab.open('#v=1&loss=deep_chain,depth=8&start=1.3,1&steps=100&run=sgd,lr=0.02&run=sgd,lr=0.02,clip=norm&run=newton&precision=f16');
  for (const name of ['Loss', 'Gradient norm', 'Learning rate', 'Step length', 'Sharpness', 'Results']) {
    await tab(lab, name).click();
    await lab.drawn();
    expect(await lab.words()).not.toMatch(/NaN|inf|undefined/);
  }
  const words = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.join('|'));
  expect(words).not.toMatch(/NaN|inf|undefined/);
});
