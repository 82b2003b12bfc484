// Stop rules and constraints in the panel.

import { expect, test } from './page';

const RAVINE = '#v=1&loss=quadratic,kappa=10&start=-8,2.5&steps=200&run=sgd,lr=0.15';
const LOSS = 'Stop when loss ≤';
const GRADIENT = 'Stop when ‖∇J‖ ≤';

test('a stop rule is switched on and off, and typed', async ({ lab, page }) => {
  await lab.open(RAVINE);
  await page.locator('#numbers-summary').click();
  const [on, field] = [page.getByRole('checkbox', { name: LOSS }), lab.field(LOSS)];
  await expect(on).not.toBeChecked();
  await expect(field).toHaveValue('');
  const before = await lab.picture('chart');
  await lab.type(field, '0.01');
  await expect.poll(() => lab.linked('stop_loss')).toBe('0.01');
  await expect(on).toBeChecked();
  expect(await lab.picture('chart'), 'the threshold is drawn').not.toBe(before);
  await expect(page.locator('#step-total')).not.toHaveText('200');
  // By keys: off, and on again where it was.
  await on.focus();
  await page.keyboard.press('Space');
  await expect.poll(() => lab.linked('stop_loss')).toBeUndefined();
  await expect(field).toHaveValue('');
  await expect(page.locator('#step-total')).toHaveText('200');
  await page.keyboard.press('Space');
  await expect.poll(() => lab.linked('stop_loss')).toBe('0.01');
  // An empty field is no rule.
  await lab.type(field, '');
  await expect.poll(() => lab.linked('stop_loss')).toBeUndefined();
  await expect(on).not.toBeChecked();
});

test('a rule that is switched on does not end the run where it starts', async ({ lab, page }) => {
  await lab.open(RAVINE);
  await page.locator('#numbers-summary').click();
  await page.getByRole('checkbox', { name: GRADIENT }).click();
  await expect.poll(() => Number(lab.linked('stop_grad'))).toBeGreaterThan(0);
  const steps = Number(await page.locator('#step-total').innerText());
  expect(steps).toBeGreaterThan(3);
  expect(steps).toBeLessThan(200);
});

test('what is not allowed is said and kept; a link opens the fold', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&stop_grad=0.5`);
  await expect(page.locator('#numbers')).toHaveAttribute('open', '');
  await expect(lab.field(GRADIENT)).toHaveValue('0.5');
  await lab.type(lab.field(GRADIENT), '-1');
  await expect(page.locator('#field-error')).toContainText('"-1" is not a number from 0');
  await expect(lab.field(GRADIENT)).toHaveValue('-1');
  await expect.poll(() => lab.linked('stop_grad')).toBe('0.5');
  await page.getByRole('checkbox', { name: GRADIENT }).click();
  await expect(page.locator('#field-error')).toHaveText('');
});

test('a preset with a stop rule can be taken back by hand', async ({ lab, page }) => {
  // Of several runs the settings of the loss are folded; of one they are open.
  await lab.open('#v=1&preset=stop_rule&run=sgd,lr=0.09');
  await page.getByRole('checkbox', { name: LOSS }).click();
  await expect.poll(() => lab.linked('stop_loss')).toBeUndefined();
  await expect.poll(() => lab.linked('preset'), { message: 'its story is about the rule' }).toBeUndefined();
  await expect(page.locator('#step-total')).toHaveText('400');
});

test('a run is constrained, and its boundary is drawn', async ({ lab, page }) => {
  await lab.open('#v=1&loss=booth&steps=60&run=sgd,lr=0.05');
  await lab.button('Settings of run A').click();
  const before = await lab.picture('map-overlay');
  await lab.picker('Constrain parameters').selectOption('norm');
  await lab.drawn();
  await lab.type(lab.field('Bound c'), '2');
  await expect.poll(() => lab.linked('run')).toBe('sgd,lr=0.05,constrain=norm,constrain_at=2');
  expect(await lab.picture('map-overlay')).not.toBe(before);
  await lab.picker('Constrain parameters').selectOption('');
  await expect.poll(() => lab.linked('run')).toBe('sgd,lr=0.05');
});
