// How a step comes about: batch and order of the samples, batches that grow, the
// gradient with the wrong sign; and what is told of a run besides its points.

import { expect, test, type Lab } from './page';

const LINE = '#v=1&loss=linear_regression,data=line_2x1_seed0&steps=200';

const grows = (lab: Lab) => lab.page.getByRole('checkbox', { name: 'grows over the run' });

/** The parts of the only run in the address bar. */
const linkedRun = (lab: Lab) => lab.linked('run')?.split(',') ?? [];

const settings = (lab: Lab) => lab.button('Settings of run A').click();

test('only a loss on samples has a batch', async ({ lab, page }) => {
  await lab.open('#v=1');
  await expect(page.locator('#batch-controls')).toBeHidden();
  await lab.picker('Loss').selectOption('linear_regression');
  await expect(lab.slider('Batch')).toBeVisible();
  await expect(lab.field('Batch')).toHaveValue('100');
  await expect(page.locator('#batch-of')).toHaveText('of 100');
  await expect(lab.picker('Order'), 'of all samples the order does not matter').toBeHidden();
  await expect(page.locator('#epoch-now')).toBeEmpty();
  await lab.picker('Loss').selectOption('booth');
  await expect(page.locator('#batch-controls')).toBeHidden();
});

test('the slider takes powers of two and all samples; by keys and by pointer', async ({ lab, page }) => {
  await lab.open(`${LINE}&run=sgd,lr=0.3`);
  const slider = lab.slider('Batch');
  const map = await lab.picture('map-overlay');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await lab.drawn();
  await expect(lab.field('Batch')).toHaveValue('64');
  await expect(slider).toHaveAttribute('aria-valuetext', '64 of 100');
  await expect.poll(() => lab.linked('batch')).toBe('64');
  expect(await lab.picture('map-overlay'), 'another run').not.toBe(map);
  await page.keyboard.press('Home');
  await expect.poll(() => lab.linked('batch')).toBe('1');
  const sizes: string[] = [];
  for (let place = 0; place < 8; place += 1) {
    sizes.push(await lab.field('Batch').inputValue());
    await page.keyboard.press('ArrowRight');
    await lab.drawn();
  }
  expect(sizes).toEqual(['1', '2', '4', '8', '16', '32', '64', '100']);
  await expect.poll(() => lab.linked('batch')).toBeUndefined();
  const thumb = await lab.thumb(slider);
  await lab.drag(thumb, { x: thumb.x - 120, y: thumb.y });
  await expect.poll(() => lab.linked('batch'), { message: 'the address waits for the release' }).toBeUndefined();
  await page.mouse.up();
  await expect.poll(() => Number(lab.linked('batch'))).toBeLessThan(64);
});

test('any size can be typed, and what is none is refused in words', async ({ lab, page }) => {
  await lab.open(LINE);
  await lab.type(lab.field('Batch'), '30');
  await expect.poll(() => lab.linked('batch')).toBe('30');
  for (const typed of ['0', '101', '2.5', 'many']) {
    await lab.type(lab.field('Batch'), typed);
    await expect(lab.field('Batch')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('#field-error')).toContainText(`"${typed}" is not a whole number from 1 to 100`);
  }
  await expect.poll(() => lab.linked('batch')).toBe('30');
  await lab.type(lab.field('Batch'), '100');
  await expect.poll(() => lab.linked('batch'), 'all of them').toBeUndefined();
});

test('order and seed say which samples come', async ({ lab, page }) => {
  await lab.open(`${LINE}&batch=4&run=sgd,lr=0.3`);
  await expect(page.locator('#batch-fields #seed'), 'beside what it is about').toBeVisible();
  const shuffled = await lab.picture('map-overlay');
  await lab.type(lab.field('Seed'), '7');
  const reseeded = await lab.picture('map-overlay');
  expect(reseeded).not.toBe(shuffled);
  await lab.picker('Order').selectOption('sequential');
  await lab.drawn();
  expect(await lab.picture('map-overlay')).not.toBe(reseeded);
  await expect.poll(() => lab.linked('order')).toBe('sequential');
  await expect(page.locator('#numbers-fields #seed'), 'what is in order needs none').toBeAttached();
  await lab.button('中文').click();
  await expect(page.locator('#order')).toHaveValue('sequential');
  await expect(page.locator('label[for=order]')).toHaveText('样本顺序');
});

test('a batch grows over the run, and back', async ({ lab, page }) => {
  await lab.open(`${LINE}&batch=2&run=sgd,lr=0.3`);
  await expect(lab.slider('grows to')).toBeHidden();
  await grows(lab).check();
  await expect.poll(() => lab.linked('batch')).toBe('2..full');
  await expect(lab.field('grows to')).toHaveValue('100');
  const full = await lab.picture('map-overlay');
  await lab.type(lab.field('grows to'), '20');
  await expect.poll(() => lab.linked('batch')).toBe('2..20');
  expect(await lab.picture('map-overlay')).not.toBe(full);
  await lab.slider('Batch').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => lab.linked('batch')).toBe('4..20');
  await grows(lab).uncheck();
  await expect.poll(() => lab.linked('batch')).toBe('4');
  await page.goBack();
  await expect(grows(lab)).toBeChecked();
  await expect(lab.field('grows to')).toHaveValue('20');
});

test('other data with fewer samples keep what they can of the batch', async ({ lab }) => {
  await lab.open(`${LINE}&batch=2..50`);
  await lab.picker('Data').selectOption({ label: 'Four points on y = x' });
  await expect.poll(() => lab.linked('batch')).toBe('2..full');
  await expect(lab.field('grows to')).toHaveValue('4');
});

test('the epoch stands beside the step', async ({ lab, page }) => {
  await lab.open(`${LINE}&batch=20&step=47`);
  await expect(page.locator('#epoch-now')).toHaveText('epoch 9.4');
  await expect(lab.stepSlider).toHaveAttribute('aria-valuetext', /step 47 of 200, .*, epoch 9\.4$/);
  await lab.button('Step forward').click();
  await expect(page.locator('#epoch-now')).toHaveText('epoch 9.6');
});

test('the chart marks epochs', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(`${LINE}&batch=20`);
  await expect.poll(() => page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords)).toContain('epoch 5');
});

test('with the wrong sign a run climbs, and the verdict says why', async ({ lab, page }) => {
  await lab.open('#v=1&steps=200&run=sgd,lr=0.1');
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'converges');
  await settings(lab);
  const wrong = page.getByRole('checkbox', { name: 'wrong sign: up the slope' });
  await wrong.check();
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'diverges');
  await expect(lab.verdict).toContainText('the sign of the gradient is wrong');
  await expect(page.locator('#advice'), 'no rate would be better').toBeHidden();
  await expect.poll(() => linkedRun(lab)).toContain('ascent=1');
  await lab.button('中文').click();
  await expect(lab.verdict).toContainText('符号写反');
  await wrong.or(page.locator('#ascent')).first().uncheck();
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'converges');
});

test('the average of the last points is drawn and told', async ({ lab, page }) => {
  await lab.open('#v=1&steps=400&step=400&noise=1&seed=1&run=sgd,lr=0.15');
  await settings(lab);
  const [map, chart] = [await lab.picture('map-overlay'), await lab.picture('chart')];
  await lab.type(lab.field('Averaged share'), '0.5');
  await expect.poll(() => linkedRun(lab)).toContain('average=0.5');
  expect(await lab.picture('map-overlay')).not.toBe(map);
  expect(await lab.picture('chart')).not.toBe(chart);
  await expect(page.locator('#run-sentence')).toContainText(/average from step 200 on has loss .* times closer to the minimum/);
  await expect(page.locator('#run-sentence')).toContainText(/Noise ball: its second half strays about \(.*, .*\)/);
  await expect(page.locator('#chart')).toHaveAttribute('aria-label', /average from step 200/);
  await lab.type(lab.field('Averaged share'), '1.5');
  await expect(page.locator('#run-error')).toContainText('"1.5" is not a number from 0 to 1');
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(page.locator('#results-body')).toContainText(/\(average /);
});

test('a predicted run keeps its noise ball and its average to itself', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open('#v=1&steps=400&noise=1&predict=1&run=sgd,lr=0.15,average=0.5');
  await lab.drawn();
  const drawn = () => page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.join('|'));
  expect(await drawn()).not.toContain('noise ball');
  expect(await lab.words()).not.toContain('average from step');
  await page.locator('#guesses button').first().click();
  await lab.stepSlider.press('End');
  await expect.poll(drawn).toContain('noise ball');
});
