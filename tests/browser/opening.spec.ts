// What a person sees who opens the page or a link.

import { expect, test } from './page';

test('without a link the first scenario plays', async ({ lab, page }) => {
  await lab.open();
  await expect(lab.picker('Scenario')).toHaveValue('oscillating');
  await expect(lab.button('Pause')).toBeVisible();
  await expect.poll(() => lab.step()).toBeGreaterThan(1);
  await expect(page.locator('#caption')).not.toBeEmpty();
  await expect(lab.notice).toHaveCount(0);
  await expect(page).toHaveTitle(/Descent Lab/);
});

const FULL =
  '#v=1&loss=quadratic,kappa=30,angle=25&start=-4,1.5&steps=150&run=sgd,lr=0.0321' +
  '&step=42&lang=zh&theme=dark&view=-6,2,-3,3';

test('a link brings back all it holds', async ({ lab, page }) => {
  await lab.open(FULL);
  const named = (name: string) => page.getByRole('textbox', { name, exact: true });
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('combobox', { name: '损失函数', exact: true })).toHaveValue('quadratic');
  await expect(named('条件数')).toHaveValue('30');
  await expect(named('旋转角度')).toHaveValue('25');
  await expect(page.locator('#start-x')).toHaveValue('−4');
  await expect(page.locator('#start-y')).toHaveValue('1.5');
  await expect(page.locator('#steps')).toHaveValue('150');
  await expect(named('学习率数值')).toHaveValue('0.0321');
  await expect(page.getByRole('slider', { name: '步数', exact: true })).toHaveValue('42');
  await expect(page.getByRole('button', { name: '播放', exact: true })).toBeVisible();
  await expect(lab.notice).toHaveCount(0);

  // What was opened is what is handed on: every key, and nothing lost on the way.
  await page.getByRole('button', { name: '前进一步' }).click();
  await expect.poll(() => lab.linked('step')).toBe('43');
  for (const key of ['loss', 'start', 'steps', 'run', 'lang', 'theme', 'view']) {
    const given = FULL.split('&').find((pair) => pair.startsWith(`${key}=`));
    expect(`${key}=${lab.linked(key)}`).toBe(given);
  }
});

test('the view of a link is the part of the map that is shown', async ({ lab }) => {
  await lab.open('#v=1&start=-1,0.5&view=-2,2,-1.5,1.5');
  const middle = await lab.onMap(0.5, 0.5);
  await lab.page.mouse.click(middle.x, middle.y);
  await lab.drawn();
  const start = await lab.start();
  // The axes take some of the canvas, so that its middle is not quite the view's.
  expect(Math.abs(start.x)).toBeLessThan(0.2);
  expect(Math.abs(start.y)).toBeLessThan(0.2);
});

test('the link of a scenario opens it', async ({ lab, page }) => {
  for (const preset of ['too_large', 'rosenbrock_valley', 'theta_squared']) {
    await lab.open(`#v=1&preset=${preset}`);
    await expect(lab.picker('Scenario')).toHaveValue(preset);
    await expect(page.locator('#caption')).not.toBeEmpty();
    await expect(lab.notice).toHaveCount(0);
  }
});

test('other keys of a link replace those of its scenario', async ({ lab }) => {
  await lab.open('#v=1&preset=too_large&steps=33&run=sgd,lr=0.02');
  await expect(lab.picker('Scenario')).toHaveValue('too_large');
  await expect(lab.field('Steps')).toHaveValue('33');
  await expect(lab.rateField).toHaveValue('0.02');
  await expect(lab.field('Start x')).toHaveValue('−8');
});

test('a link may ask to be played', async ({ lab }) => {
  await lab.open('#v=1&preset=about_right&step=20&play=1');
  await expect(lab.button('Pause')).toBeVisible();
  await expect.poll(() => lab.step()).toBeGreaterThan(21);
});

test('percent-encoded commas and equals signs are read alike', async ({ lab }) => {
  await lab.open('#v=1&loss=quadratic%2Ckappa%3D40&run=sgd%2Clr%3D0.03');
  await expect(lab.field('Condition number')).toHaveValue('40');
  await expect(lab.rateField).toHaveValue('0.03');
  await expect(lab.notice).toHaveCount(0);
});

test('reload brings back what was set', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await lab.type(lab.rateField, '0.07');
  await lab.type(lab.field('Steps'), '60');
  await lab.button('Step forward').click();
  await expect.poll(() => lab.linked('step')).toBe('1');
  await page.reload();
  await lab.ready();
  await expect(lab.rateField).toHaveValue('0.07');
  await expect(lab.field('Steps')).toHaveValue('60');
  await expect(lab.stepSlider).toHaveValue('1');
  await expect(lab.picker('Scenario')).toHaveValue('about_right');
});

test('a link typed over the address is followed', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  await page.evaluate(() => { location.hash = '#v=1&loss=booth&run=sgd,lr=0.04&colour=red'; });
  await expect(lab.picker('Loss')).toHaveValue('booth');
  await expect(lab.rateField).toHaveValue('0.04');
  await expect(lab.notice).toContainText('colour');
});

test('a scenario is chosen by list and by the buttons beside it, back leads back', async ({ lab, page }) => {
  await lab.open('#v=1&preset=too_small');
  await lab.picker('Scenario').selectOption('himmelblau_near');
  await expect(lab.picker('Loss')).toHaveValue('himmelblau');
  await expect(lab.rateField).toHaveValue('0.0134');
  await expect.poll(() => lab.linked('preset')).toBe('himmelblau_near');
  await lab.button('Next scenario').click();
  await expect(lab.rateField).toHaveValue('0.0135');
  await lab.button('Previous scenario').click();
  await lab.button('Previous scenario').click();
  await expect(lab.picker('Scenario')).toHaveValue('rosenbrock_valley');
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(lab.picker('Scenario')).toHaveValue('himmelblau_near');
  await page.goBack();
  await expect(lab.picker('Scenario')).toHaveValue('too_small');
  await expect(lab.rateField).toHaveValue('0.005');
  await page.goForward();
  await expect(lab.picker('Scenario')).toHaveValue('himmelblau_near');
});

// One of each kind; the words of all are tested without a browser (`tests/presets/`), and
// so are the pictures of those whose network is small (`tests/drawing/scenes.rs`).
const KINDS = ['theta_squared', 'eight_rules', 'moons', 'overfitting', 'sigmoid_20', 'edge_of_stability'];

test('scenarios of every kind open one after the other, in both languages', async ({ lab, page }) => {
  await lab.open('#v=1&preset=oscillating');
  const told = new Set<string>();
  for (const language of ['en', 'zh']) {
    await page.locator(`#lang-${language}`).click();
    for (const key of KINDS) {
      await page.locator('#scenario').selectOption(key);
      await lab.drawn();
      const title = await page.locator('#scenario option:checked').innerText();
      const caption = await page.locator('#caption').innerText();
      expect(await lab.words(), key).not.toMatch(/NaN|undefined|Infinity/);
      for (const id of ['map-base', 'map-overlay']) expect(await lab.colors(id), `${key}: ${id}`).toBeGreaterThan(3);
      expect(title.length, key).toBeGreaterThan(3);
      expect(caption.length, key).toBeGreaterThan(15);
      told.add(title).add(caption);
    }
  }
  expect(told.size).toBe(KINDS.length * 4);
});

test('every scenario is in the list, under its key', async ({ lab, page }) => {
  await lab.open('#v=1&preset=oscillating');
  const keys = await page.locator('#scenario option').evaluateAll(
    (options) => options.map((option) => (option as HTMLOptionElement).value),
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeGreaterThanOrEqual(80);
  expect(keys).toEqual(expect.arrayContaining(KINDS));
});
