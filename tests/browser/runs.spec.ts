// Several runs side by side: added, told apart, set, hidden, moved, removed.

import { expect, test, type Lab } from './page';

const RAVINE = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=100';
const THREE = `${RAVINE}&run=sgd,lr=0.085&run=momentum,lr=0.02&run=adam,lr=0.45&step=16`;

const row = (lab: Lab, letter: string) => lab.page.getByRole('group', { name: `Run ${letter}`, exact: true });

const optimizer = (lab: Lab, letter: string) => row(lab, letter).getByRole('combobox', { name: 'Optimizer' });

/** Every `run` of the link in the address bar. */
function linkedRuns(lab: Lab) {
  return lab.fragment().slice(1).split('&').filter((pair) => pair.startsWith('run=')).map((pair) => pair.slice(4));
}

test('one run has one optimizer and one schedule; another choice runs at once', async ({ lab }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.085`);
  const map = await lab.picture('map-overlay');
  await lab.picker('Optimizer').selectOption('momentum');
  await lab.drawn();
  expect(await lab.picture('map-overlay')).not.toBe(map);
  expect(linkedRuns(lab)).toEqual(['momentum,lr=0.085']);
  await lab.picker('Schedule').selectOption('cosine');
  await lab.drawn();
  expect(linkedRuns(lab)[0]).toMatch(/^momentum,lr=0.085,schedule=cosine/);
  await expect(lab.verdict).toContainText('limit');
  expect(await lab.picker('Optimizer').locator('option').count()).toBe(17);
  expect(await lab.picker('Schedule').locator('option').count()).toBe(8);
});

test('an optimizer whose steps are of another size starts at a rate that suits it', async ({ lab }) => {
  await lab.open('#v=1&loss=rosenbrock&steps=200&run=sgd,lr=0.0005');
  await lab.picker('Optimizer').selectOption('adam');
  await lab.drawn();
  expect(await lab.rate()).toBeGreaterThanOrEqual(0.01);
});

test('runs are added up to eight, each with its own rule, colour, letter and marker', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.085&step=20`);
  const add = lab.button('Add run');
  for (let count = 2; count <= 8; count += 1) {
    await add.click();
    await expect(page.locator('.run-row')).toHaveCount(count);
  }
  await expect(add).toBeDisabled();
  expect(linkedRuns(lab)).toHaveLength(8);
  const rules = linkedRuns(lab).map((run) => run.split(',')[0]);
  expect(new Set(rules).size, 'eight different rules').toBe(8);
  const chips = await page.locator('.run-row .chip').evaluateAll((all) =>
    all.map((chip) => `${chip.textContent} ${getComputedStyle(chip).backgroundColor}`));
  expect(new Set(chips).size).toBe(8);
  expect(chips.map((chip) => chip[0]).join('')).toBe('ABCDEFGH');
  await expect(page.locator('.legend-line')).toHaveCount(8);
});

test('the large number and the slider work on the selected run', async ({ lab, page }) => {
  await lab.open(THREE);
  expect(await lab.rate()).toBe(0.085);
  await lab.page.getByRole('button', { name: 'Run C', exact: true }).click();
  await lab.drawn();
  expect(await lab.rate()).toBe(0.45);
  await lab.type(lab.rateField, '0.3');
  expect(linkedRuns(lab)).toEqual(['sgd,lr=0.085', 'momentum,lr=0.02', 'adam,lr=0.3']);
  await page.locator('#map').focus();
  await page.keyboard.press('2');
  await lab.drawn();
  expect(await lab.rate()).toBe(0.02);
  await lab.picker('Run to set').selectOption({ index: 0 });
  await lab.drawn();
  expect(await lab.rate()).toBe(0.085);
});

test('one switch ties all rates together', async ({ lab, page }) => {
  await lab.open(THREE);
  await page.getByRole('checkbox', { name: 'one rate for all' }).check();
  await lab.drawn();
  expect(linkedRuns(lab)).toEqual(['sgd,lr=0.085', 'momentum,lr=0.085', 'adam,lr=0.085']);
  const from = await lab.thumb(lab.rateSlider);
  const map = await lab.picture('map-overlay');
  await lab.drag(from, { x: from.x - 30, y: from.y });
  expect(await lab.picture('map-overlay')).not.toBe(map);
  await page.mouse.up();
  await lab.drawn();
  const rate = await lab.rate();
  expect(rate).toBeLessThan(0.085);
  expect(linkedRuns(lab)).toEqual([`sgd,lr=${rate}`, `momentum,lr=${rate}`, `adam,lr=${rate}`]);
  await page.getByRole('checkbox', { name: 'one rate for all' }).uncheck();
  await lab.type(lab.rateField, '0.05');
  expect(linkedRuns(lab)[0]).toBe('sgd,lr=0.05');
  expect(linkedRuns(lab)[1]).toBe(`momentum,lr=${rate}`);
});

test('the settings of a run: knobs, warm-up, clipping', async ({ lab, page }) => {
  await lab.open(THREE);
  await lab.button('Settings of run B').click();
  await expect(page.locator('#run-details')).toBeVisible();
  await lab.type(lab.field('Momentum β'), '0.5');
  expect(linkedRuns(lab)[1]).toBe('momentum,lr=0.02,momentum=0.5');
  await lab.type(lab.field('Warm-up steps'), '10');
  await lab.picker('Clip gradient').selectOption('norm');
  await lab.drawn();
  await lab.type(lab.field('Clip at'), '3');
  expect(linkedRuns(lab)[1]).toBe('momentum,lr=0.02,momentum=0.5,warmup=10,clip=norm,clip_at=3');
  const slider = lab.slider('Momentum β');
  await slider.focus();
  await page.keyboard.press('End');
  await lab.drawn();
  expect(linkedRuns(lab)[1]).toContain('momentum=0.999999');
  await page.reload();
  await lab.ready();
  await lab.button('Settings of run B').click();
  await expect(lab.field('Clip at')).toHaveValue('3');
});

test('what is not allowed in a run is said, kept, and changes nothing', async ({ lab, page }) => {
  await lab.open(THREE);
  await lab.button('Settings of run B').click();
  const before = linkedRuns(lab);
  const error = page.locator('#run-error');
  for (const [field, typed, says] of [
    ['Momentum β', '1', '0.999999'],
    ['Warm-up steps', '101', '0 to 100'],
    ['η of run C', '-3', 'positive number'],
  ] as const) {
    await lab.type(lab.field(field), typed);
    await expect(error).toContainText(says);
    expect(await lab.field(field).inputValue()).toBe(typed);
    await expect(lab.field(field)).toHaveAttribute('aria-invalid', 'true');
  }
  expect(linkedRuns(lab)).toEqual(before);
  await lab.type(lab.field('Momentum β'), '0.8');
  await expect(error).not.toContainText('0.999999');
});

test('duplicate, hide, move, remove', async ({ lab, page }) => {
  await lab.open(THREE);
  await lab.button('Settings of run B').click();
  await lab.button('Duplicate').click();
  await lab.drawn();
  expect(linkedRuns(lab)).toEqual(['sgd,lr=0.085', 'momentum,lr=0.02', 'momentum,lr=0.02', 'adam,lr=0.45']);
  await lab.button('Move down').click();
  await lab.drawn();
  expect(linkedRuns(lab).map((run) => run.split(',')[0])).toEqual(['sgd', 'momentum', 'adam', 'momentum']);
  await lab.button('Remove').click();
  await lab.drawn();
  expect(linkedRuns(lab).map((run) => run.split(',')[0])).toEqual(['sgd', 'momentum', 'adam']);
  const map = await lab.picture('map-overlay');
  await lab.button('Hide').click();
  await lab.drawn();
  await expect.poll(() => lab.linked('hide')).toBe('2');
  expect(await lab.picture('map-overlay')).not.toBe(map);
  await expect(page.locator('.legend-line')).toHaveCount(2);
  await page.reload();
  await lab.ready();
  await expect(page.locator('.legend-line'), 'hidden in the link, too').toHaveCount(2);
  await lab.button('Settings of run C').click();
  await lab.button('Show').click();
  await lab.drawn();
  await expect.poll(() => lab.linked('hide')).toBeUndefined();
  await page.goBack();
  await lab.drawn();
  await expect(page.locator('.legend-line')).toHaveCount(2);
});

test('a run moved by keys keeps the focus on its button', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.01&run=sgd,lr=0.02&run=sgd,lr=0.03`);
  await lab.button('Settings of run C').click();
  await lab.button('Move up').focus();
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect(lab.button('Move up')).toBeFocused();
  await page.keyboard.press('Enter');
  await lab.drawn();
  expect(linkedRuns(lab)[0]).toBe('sgd,lr=0.03');
  // Now it cannot go further up, and the focus is not lost with the button.
  await expect(lab.button('Move up')).toBeDisabled();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

test('with one run shown the headline is that run\'s', async ({ lab }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.2&run=sgd,lr=0.085&hide=0`);
  await expect(lab.verdict).toContainText('Oscillates');
});

test('another loss keeps tied rates tied', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.1&run=adam,lr=0.1`);
  await page.getByRole('checkbox', { name: 'one rate for all' }).check();
  await lab.button('Settings of the loss').click();
  await lab.picker('Loss').selectOption('rosenbrock');
  await lab.drawn();
  const rates = linkedRuns(lab).map((run) => /lr=([^,]*)/.exec(run)?.[1]);
  expect(new Set(rates).size).toBe(1);
});

test('the last run cannot be removed', async ({ lab }) => {
  await lab.open(RAVINE);
  await lab.button('Settings of run A').click();
  await expect(lab.button('Remove')).toBeDisabled();
  await expect(lab.button('Move up')).toBeDisabled();
});

test('several runs share one playhead, and the headline says who leads', async ({ lab }) => {
  await lab.open(THREE);
  await expect(lab.verdict).toContainText('Momentum leads after 16 steps');
  for (const [name, loss] of [['Momentum', '1.02'], ['Gradient descent', '1.87'], ['Adam', '4.45']]) {
    await expect(lab.verdict).toContainText(name);
    await expect(lab.verdict).toContainText(loss);
  }
  await lab.stepSlider.focus();
  await lab.page.keyboard.press('End');
  await lab.drawn();
  await expect(lab.verdict).toContainText('Gradient descent leads after 100 steps');
});

test('the table of results says what became of each', async ({ lab, page }) => {
  await lab.open(`${THREE}&run=sgd,lr=0.2`);
  await page.getByRole('tab', { name: 'Results' }).click();
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  const rows = await table.getByRole('row').allInnerTexts();
  expect(rows).toHaveLength(5);
  expect(rows[1]).toMatch(/Gradient descent.*oscillates/s);
  expect(rows[4]).toMatch(/Gradient descent.*diverges/s);
  // What the table says is what the core computed.
  const computed = await page.evaluate(async (link) => {
    const module = (window as unknown as { wasmBindings: { trajectory: (link: string, run: number) => { loss: Float64Array; outcome: string; outcomeStep: number } } }).wasmBindings
      ?? await import(new URL('descent-lab.js', location.href).href);
    return [0, 1, 2, 3].map((run) => {
      const { loss, outcome, outcomeStep } = module.trajectory(link, run);
      return { last: loss[loss.length - 1], outcome, outcomeStep };
    });
  }, `${THREE}&run=sgd,lr=0.2`);
  for (const [index, { outcome, outcomeStep }] of computed.entries()) {
    expect(rows[index + 1]).toContain(outcome);
    if (outcome === 'oscillates' || outcome === 'converges') expect(rows[index + 1]).toContain(String(outcomeStep));
  }
});

test('refused runs are named, the others kept', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=adamm&run=momentum,momentum=1&run=sgd,schedule=sometimes&run=sgd,warmup=101`);
  await expect(lab.notice).toContainText('adamm');
  await expect(lab.notice).toContainText('run.momentum = 1');
  await expect(lab.notice).toContainText('sometimes');
  await expect(lab.notice).toContainText('run.warmup = 101');
  await expect(page.locator('.run-row')).toHaveCount(3);
  await expect(optimizer(lab, 'A')).toHaveValue('momentum');
});

test('in Chinese the runs speak Chinese', async ({ lab, page }) => {
  await lab.open(`${THREE}&lang=zh`);
  await expect(lab.verdict).toContainText('16 步后动量法领先');
  await expect(page.getByRole('tab', { name: '损失', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '添加运行' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: '优化器' })).toHaveCount(3);
  await expect(page.getByRole('combobox', { name: '学习率调度' })).toHaveCount(3);
});

test('precision, noise and seed belong to all runs', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.01&run=momentum,lr=0.01`);
  await lab.button('Settings of the loss').click();
  await page.getByText('More settings').click();
  await lab.picker('Precision').selectOption('bf16');
  await lab.drawn();
  await expect.poll(() => lab.linked('precision')).toBe('bf16');
  await lab.type(lab.field('Noise σ'), '0.5');
  const first = await lab.picture('map-overlay');
  await lab.type(lab.field('Seed'), '18446744073709551615');
  await expect.poll(() => lab.linked('noise')).toBe('0.5');
  await expect.poll(() => lab.linked('seed')).toBe('18446744073709551615');
  expect(await lab.picture('map-overlay'), 'other noise').not.toBe(first);
  await lab.type(lab.field('Seed'), '0');
  expect(await lab.picture('map-overlay'), 'the same noise again').toBe(first);
  await lab.type(lab.field('Seed'), '-1');
  await expect(page.locator('#field-error')).toContainText('18446744073709551615');
});
