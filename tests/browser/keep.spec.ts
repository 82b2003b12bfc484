// The rate before: its run stays as a ghost until the next change, and can be kept.

import { expect, test, type Lab } from './page';

const RAVINE = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=100';
const KEEP = 'Keep the previous rate as a run';

const ghost = (lab: Lab) => lab.page.locator('#legend-ghost-row');

function linkedRuns(lab: Lab) {
  return lab.fragment().slice(1).split('&').filter((pair) => pair.startsWith('run=')).map((pair) => pair.slice(4));
}

test('the ghost stays until the next change of a run', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.04`);
  await lab.type(lab.rateField, '0.09');
  await expect(ghost(lab)).toContainText('0.04');
  const looks = [
    () => lab.button('Step forward').click(),
    () => lab.button('Zoom in').click(),
    () => page.getByRole('tab', { name: 'Gradient norm' }).click(),
    () => page.keyboard.press('t'),
    () => page.keyboard.press('L'),
    () => page.keyboard.press('l'),
  ];
  for (const look of looks) {
    await look();
    await lab.drawn();
    await expect(ghost(lab)).toBeVisible();
  }
  await lab.type(lab.rateField, '0.095');
  await expect(ghost(lab), 'the next rate has the next ghost').toContainText('0.09');
  await lab.type(lab.field('Start x'), '-7');
  await expect(ghost(lab)).toBeHidden();
});

test('no ghost where the rate comes back to what it was', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.04`);
  await lab.rateSlider.focus();
  await page.keyboard.down('ArrowRight');
  await lab.drawn();
  await expect(ghost(lab)).toContainText('0.04');
  await page.keyboard.down('ArrowLeft');
  await lab.drawn();
  expect(await lab.rate()).toBe(0.04);
  await expect(ghost(lab)).toBeHidden();
  await page.keyboard.press('k');
  await lab.drawn();
  await expect(page.locator('.run-row')).toHaveCount(1);
  for (const key of ['ArrowRight', 'ArrowLeft']) await page.keyboard.up(key);
});

test('Keep makes a run of it, right after the selected one', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=momentum,lr=0.02,schedule=cosine,warmup=5,clip=norm&run=adam,lr=0.3&step=7`);
  await lab.type(lab.rateField, '0.05');
  const before = linkedRuns(lab);
  expect(before[0]).toContain('lr=0.05');
  await lab.button(KEEP).click();
  await expect.poll(() => linkedRuns(lab)).toEqual([before[0], before[0].replace('0.05', '0.02'), before[1]]);
  await expect(ghost(lab)).toBeHidden();
  expect(await lab.rate(), 'the selected run stays selected').toBe(0.05);
  await expect(page.getByRole('button', { name: 'Run A', exact: true })).toHaveAttribute('aria-pressed', 'true');
  expect(await lab.step()).toBe(7);
  await expect(page.locator('.legend-line')).toHaveCount(3);
  // It was the run of before to the last digit of its loss.
  await page.goBack();
  await expect.poll(() => linkedRuns(lab)).toEqual(before);
  await page.goForward();
  await expect.poll(() => linkedRuns(lab).length).toBe(3);
});

test('with one rate for all, Keep unties the runs', async ({ lab }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.04&run=momentum,lr=0.04`);
  const tie = lab.page.getByRole('checkbox', { name: 'one rate for all' });
  await tie.check();
  await lab.type(lab.rateField, '0.08');
  await lab.button(KEEP).click();
  await expect(tie).not.toBeChecked();
  const rates = () => linkedRuns(lab).map((run) => /lr=([\d.]+)/.exec(run)?.[1]);
  await expect.poll(rates).toEqual(['0.08', '0.04', '0.08']);
  await lab.type(lab.rateField, '0.06');
  await expect.poll(rates).toEqual(['0.06', '0.04', '0.08']);
});

test('by keyboard: K, or the button, which hands the focus on', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.04`);
  await page.keyboard.press('k');
  await lab.drawn();
  expect(linkedRuns(lab), 'nothing to keep').toHaveLength(1);
  await lab.type(lab.rateField, '0.05');
  await lab.map.focus();
  await page.keyboard.press('k');
  await expect.poll(() => linkedRuns(lab)).toEqual(['sgd,lr=0.05', 'sgd,lr=0.04']);
  await lab.type(lab.rateField, '0.06');
  await lab.button(KEEP).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => linkedRuns(lab)).toEqual(['sgd,lr=0.06', 'sgd,lr=0.05', 'sgd,lr=0.04']);
  await expect(lab.rateSlider).toBeFocused();
});

test('beside eight runs there is no room, and it is said', async ({ lab, page }) => {
  await lab.open(`${RAVINE}${'&run=sgd,lr=0.04'.repeat(8)}`);
  await lab.type(lab.rateField, '0.05');
  const keep = lab.button(KEEP);
  await expect(keep).toBeDisabled();
  await expect(keep).toHaveAttribute('title', 'Eight runs are the most');
  await lab.map.focus();
  await page.keyboard.press('k');
  await lab.drawn();
  expect(linkedRuns(lab)).toHaveLength(8);
  await expect(ghost(lab)).toBeVisible();
});

test('it has a name in Chinese', async ({ lab }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.04&lang=zh`);
  await lab.type(lab.field('学习率数值'), '0.05');
  const keep = lab.button('把上一个学习率保留为一条运行');
  await expect(keep).toHaveText('保留');
  await keep.click();
  await expect.poll(() => linkedRuns(lab)).toEqual(['sgd,lr=0.05', 'sgd,lr=0.04']);
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  for (const count of [1, 3, 6]) {
    test(`a thumb finds it beside ${count}`, async ({ lab, page }) => {
      await lab.open(`${RAVINE}${'&run=sgd,lr=0.04'.repeat(count)}`);
      await lab.button('Raise the learning rate').tap();
      const keep = lab.button(KEEP);
      await expect(keep).toBeInViewport({ ratio: 1 });
      const [box, map] = [(await keep.boundingBox())!, (await lab.map.boundingBox())!];
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      expect(box.y).toBeGreaterThan(map.y + map.height / 3);
      await keep.tap();
      await expect.poll(() => linkedRuns(lab).length).toBe(count + 1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    });
  }
});
