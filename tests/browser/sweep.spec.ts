// The sweep: the final loss of every run over the learning rate, and its table.

import { readFile } from 'node:fs/promises';

import { faults, faultsOfLook } from './accessibility';
import { expect, test, type Lab } from './page';

const TWO = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.085&run=adam,lr=0.45';
const PLACES = 201;

const sweep = (lab: Lab, name = 'Final loss by rate') => lab.slider(name);
const save = (lab: Lab, name = 'Save as CSV') => lab.button(name);

/** Opens the tab and waits until everything is computed. */
async function openSweep(lab: Lab) {
  await lab.page.getByRole('tab', { name: 'Sweep' }).click();
  await expect(save(lab)).toBeEnabled();
  await lab.drawn();
}

type Row = { run: number; rate: number; outcome: string; settles: string; loss: number };

/** The table that the button saves. */
async function table(lab: Lab, button = save(lab)): Promise<Row[]> {
  const [download] = await Promise.all([lab.page.waitForEvent('download'), button.click()]);
  expect(download.suggestedFilename()).toBe('descent-lab-sweep.csv');
  const text = await readFile(await download.path(), 'utf8');
  const [header, ...rows] = text.trimEnd().split('\n');
  expect(header).toBe('run,lr,outcome,steps_to_settle,final_loss');
  return rows.map((row) => {
    const [run, rate, outcome, settles, loss, ...more] = row.split(',');
    expect(more, row).toEqual([]);
    return { run: Number(run), rate: Number(rate), outcome: outcome!, settles: settles!, loss: Number(loss) };
  });
}

test('the tab is reached by keys, and so are the rates on it', async ({ lab, page }) => {
  await lab.open(TWO);
  await expect(sweep(lab)).toBeHidden();
  await expect(save(lab)).toBeHidden();
  await page.getByRole('tab', { name: 'Results' }).focus();
  await page.getByRole('tab', { name: 'Loss', exact: true }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Sweep' })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'Sweep' })).toHaveAttribute('aria-selected', 'true');
  await expect(save(lab)).toBeEnabled();
  await page.keyboard.press('Tab');
  await expect(sweep(lab)).toBeFocused();
  await expect(sweep(lab)).toHaveAttribute('aria-valuetext', /^0\.08\d+: Gradient descent oscillates, final loss /);
  const present = Number(await sweep(lab).getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  expect(Number(await sweep(lab).getAttribute('aria-valuenow'))).toBe(present + 1);
  await page.keyboard.press('End');
  await expect(sweep(lab)).toHaveAttribute('aria-valuenow', String(PLACES - 1));
  await expect(sweep(lab)).toHaveAttribute('aria-valuetext', /Gradient descent diverges; Adam /);
  await page.keyboard.press('PageDown');
  await lab.drawn();
  const words = (await sweep(lab).getAttribute('aria-valuetext'))!;
  await page.keyboard.press('Enter');
  await lab.drawn();
  expect(await lab.number(lab.rateField)).toBe(Number(words.split(':')[0]));
  await page.keyboard.press('Tab');
  await expect(save(lab)).toBeFocused();
});

test('what stands under the pointer is said and a click takes its rate', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(TWO);
  await openSweep(lab);
  const box = (await sweep(lab).boundingBox())!;
  await page.evaluate(() => { (window as unknown as { drawnWords: string[] }).drawnWords.length = 0; });
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.4 * box.height);
  await lab.drawn();
  const words = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.join('|'));
  const rate = Number(/learning rate ([\d.]+)/.exec(words)?.[1]);
  expect(rate, words).toBeGreaterThan(0);
  expect(words).toMatch(/(crawls|converges|oscillates|bounces) \d/);
  await page.mouse.click(box.x + 0.3 * box.width, box.y + 0.4 * box.height);
  await lab.drawn();
  expect(await lab.number(lab.rateField)).toBe(rate);
  // The second run has kept its own.
  expect(page.url()).toContain('adam,lr=0.45');
});

test('the table that is saved holds the true end of every run', async ({ lab, page }) => {
  await lab.open(TWO);
  await openSweep(lab);
  const rows = await table(lab);
  expect(rows.length).toBe(2 * PLACES);
  expect(rows.map((row) => row.run)).toEqual([...Array(PLACES).fill(0), ...Array(PLACES).fill(1)]);
  const rates = rows.slice(0, PLACES).map((row) => row.rate);
  expect(rows.slice(PLACES).map((row) => row.rate)).toEqual(rates);
  expect([...rates].sort((a, b) => a - b)).toEqual(rates);
  const some = rows.filter((_, place) => place % 23 === 0);
  const ends = await page.evaluate(async (links) => {
    const module = await import(new URL('descent-lab.js', location.href).href);
    await module.default();
    return links.map(([link, run]: [string, number]) => {
      const found = module.trajectory(link, run);
      return [found.outcome, found.loss[found.loss.length - 1]];
    });
  }, some.map((row): [string, number] => [
    TWO.replace('lr=0.085', `lr=${row.rate}`).replace('lr=0.45', `lr=${row.rate}`),
    row.run,
  ]));
  expect(some.map((row) => [row.outcome, row.loss])).toEqual(ends);
  for (const row of rows) {
    const mustSettle = ['converges', 'oscillates'].includes(row.outcome);
    expect(row.settles, JSON.stringify(row)).toMatch(mustSettle ? /^\d+$/ : /^\d*$/);
    if (['crawls', 'bounces', 'diverges'].includes(row.outcome)) expect(row.settles).toBe('');
  }
  const label = await page.locator('#chart').getAttribute('aria-label');
  const lowest = rows.slice(0, PLACES).filter((row) => row.outcome !== 'diverges')
    .reduce((best, row) => (row.loss < best.loss ? row : best));
  expect(label).toContain(`Gradient descent at ${lowest.rate}, with`);
  expect(label).toContain('Adam at ');
});

test('dragging a rate moves its marker and computes nothing anew', async ({ lab, page }) => {
  await lab.open(TWO);
  await openSweep(lab);
  const before = await table(lab);
  const picture = await lab.picture('chart');
  await page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>('#save-sweep')!;
    const seen = { disabled: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => { seen.disabled += 1; }).observe(button, { attributeFilter: ['disabled'] });
  });
  await lab.rateSlider.focus();
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('ArrowLeft');
  await lab.drawn();
  expect(await lab.picture('chart')).not.toBe(picture);
  expect(await page.evaluate(() => (window as unknown as { seen: { disabled: number } }).seen.disabled)).toBe(0);
  expect(await table(lab)).toEqual(before);
  // What the runs depend on does.
  await lab.page.getByRole('combobox', { name: 'Loss', exact: true }).selectOption('booth');
  await expect(save(lab)).toBeEnabled();
  await lab.drawn();
  expect(await table(lab)).not.toEqual(before);
});

test('it is without a violation that axe can find, in both themes', async ({ lab, page }) => {
  for (const [theme, find] of [['light', faults], ['dark', faultsOfLook]] as const) {
    await lab.open(`${TWO}&theme=${theme}`);
    await openSweep(lab);
    await sweep(lab).focus();
    await lab.still();
    expect(await find(page)).toEqual([]);
  }
});

test('hidden runs are left out and added ones join', async ({ lab }) => {
  await lab.open(`${TWO}&hide=0`);
  await openSweep(lab);
  expect([...new Set((await table(lab)).map((row) => row.run))]).toEqual([1]);
  await lab.button('Add run').click();
  await expect(save(lab)).toBeEnabled();
  await lab.drawn();
  expect([...new Set((await table(lab)).map((row) => row.run))]).toEqual([1, 2]);
});

test('with every run hidden there is nothing to save', async ({ lab }) => {
  await lab.open(`${TWO}&hide=0,1`);
  await lab.page.getByRole('tab', { name: 'Sweep' }).click();
  await lab.settled();
  await expect(save(lab)).toBeDisabled();
  await expect(lab.page.locator('#chart')).toHaveAttribute('aria-busy', 'false');
});

test('frames go on while a long sweep is made, and it is not made while nobody looks', async ({ lab, page }) => {
  await lab.open('#v=1&loss=rosenbrock&steps=1000000&run=adam,lr=0.001&run=adam,lr=0.01');
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await expect(save(lab)).toBeDisabled();
  await lab.frames(15);
  await expect(page.locator('#chart'), 'it is still being made').toHaveAttribute('aria-busy', 'true');
  await page.getByRole('tab', { name: 'Loss', exact: true }).click();
  await lab.drawn();
  await expect(sweep(lab)).toBeHidden();
  await lab.settled('chart');
});

test('a prediction keeps the sweep back', async ({ lab, page }) => {
  await lab.open(`${TWO}&predict=1`);
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await lab.drawn();
  await expect(sweep(lab)).toBeHidden();
  await expect(save(lab)).toBeHidden();
  await expect(page.locator('#chart')).not.toHaveAttribute('aria-label', /lowest/);
});

test('in Chinese', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(`${TWO}&lang=zh`);
  await page.getByRole('tab', { name: '扫描' }).click();
  const button = save(lab, '保存为 CSV');
  await expect(button).toBeEnabled();
  await lab.drawn();
  await sweep(lab, '各学习率的最终损失').focus();
  await expect(page.locator('#chart')).toHaveAttribute('aria-label', /最终损失随学习率的变化.*梯度下降在学习率 [\d.]+ 处，为 /);
  await expect(sweep(lab, '各学习率的最终损失')).toHaveAttribute('aria-valuetext', /梯度下降振荡，最终损失 /);
  expect((await table(lab, button)).length).toBe(2 * PLACES);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger takes a rate', async ({ lab, page }) => {
    await lab.open(TWO);
    await page.locator('#sheet-handle').tap();
    await page.getByRole('tab', { name: 'Sweep' }).tap();
    await expect(save(lab)).toBeEnabled();
    await sweep(lab).scrollIntoViewIfNeeded();
    await sweep(lab).tap({ position: { x: 120, y: 60 } });
    await lab.drawn();
    expect(await lab.number(lab.rateField)).not.toBe(0.085);
    const size = (await save(lab).boundingBox())!;
    expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(44);
  });
});
