// The layers of a network beside the map: switch, link, picture, words, keys.

import { faults, faultsOfLook } from './accessibility';
import { type Lab, expect, test } from './page';

const SMALL = '#v=1&loss=network,depth=6,width=6';
const SIGMOID = `${SMALL},activation=sigmoid&steps=40&run=sgd,lr=0.1&beside=layers`;
const RELU = `${SMALL},activation=relu,init=he&steps=40&run=sgd,lr=0.05&beside=layers`;

function layers(lab: Lab) {
  return lab.page.getByRole('application', { name: 'Layers of the network' });
}

function sentence(lab: Lab) {
  return lab.page.locator('#layers-sentence');
}

/** The run is complete: what is said of it no longer changes by itself. */
async function made(lab: Lab, steps = 40) {
  await lab.settled('chart');
  await expect(lab.page.locator('#step-total')).toHaveText(String(steps));
}

test('the switch shows layers in the place of the data, and the link says so', async ({ lab, page }) => {
  await lab.open(`${SMALL}&steps=40&run=sgd,lr=0.1`);
  await made(lab);
  const data = page.getByRole('application', { name: 'Data points' });
  await expect(layers(lab)).toBeHidden();
  const place = (await data.boundingBox())!;
  const buttons = page.getByRole('group', { name: 'Data or layers' });
  await buttons.getByRole('button', { name: 'Layers' }).click();
  await lab.drawn();
  await expect(layers(lab)).toBeVisible();
  await expect(data).toBeHidden();
  await expect.poll(() => lab.linked('beside')).toBe('layers');
  const view = (await layers(lab).boundingBox())!;
  expect([view.x, view.width]).toEqual([place.x, place.width]);
  expect(await lab.colors('layers-picture')).toBeGreaterThan(20);
  await buttons.getByRole('button', { name: 'Data' }).click();
  await lab.drawn();
  await expect(data).toBeVisible();
  await expect.poll(() => lab.linked('beside')).toBeUndefined();
  expect(await lab.colors('data-base')).toBeGreaterThan(5);
});

test('a link opens with layers; another loss has none to switch to', async ({ lab, page }) => {
  await lab.open(SIGMOID);
  await expect(layers(lab)).toBeVisible();
  await expect(lab.notice).toHaveCount(0);
  await lab.picker('Loss').selectOption('logistic_regression');
  await lab.drawn();
  await expect(layers(lab)).toBeHidden();
  await expect(page.getByRole('group', { name: 'Data or layers' })).toBeHidden();
  await expect(page.getByRole('application', { name: 'Data points' })).toBeVisible();
  await expect.poll(() => lab.linked('beside')).toBeUndefined();
  await lab.open('#v=1&loss=quadratic&beside=layers');
  await expect(lab.notice).toContainText('beside = layers: not allowed. This loss has no layers to show.');
});

test('the sentence names what ails the network and what would help, and follows what is set', async ({ lab }) => {
  await lab.open(SIGMOID);
  await made(lab);
  await expect(sentence(lab)).toContainText(/^Vanishing gradient: .*layer 1 learns .* times slower than layer 6/);
  await expect(sentence(lab)).toContainText('What would help: Tanh or ReLU');
  const picture = await lab.picture('layers-picture');
  await lab.picker('Activation').selectOption({ label: 'ReLU' });
  await made(lab);
  await expect(sentence(lab)).not.toContainText('Vanishing gradient');
  await expect(sentence(lab)).not.toContainText('Tanh or ReLU');
  expect(await lab.picture('layers-picture')).not.toBe(picture);
  await lab.picker('Initial weights').selectOption({ label: 'Normal' });
  await made(lab);
  await lab.type(lab.field('σ of the weights'), '0');
  await made(lab);
  await expect(sentence(lab)).toContainText(/^All units alike: .*What would help: a larger σ/);
});

test('weights that explode are said to, with numbers that can be read', async ({ lab }) => {
  await lab.open(`${SMALL.replace('depth=6', 'depth=20')},activation=relu,init=normal,sigma=2&steps=20&run=sgd,lr=1&beside=layers`);
  await expect(sentence(lab)).toContainText('Exploding signal');
  await expect(sentence(lab)).toContainText('initial weights by He');
  for (const text of [await lab.words(), ...(await sentence(lab).allTextContents())]) {
    expect(text).not.toMatch(/NaN|\binf/);
  }
});

test('arrow keys read out one layer after the other', async ({ lab, page }) => {
  await lab.open(RELU);
  await made(lab);
  const said = page.locator('#layers-said');
  await layers(lab).focus();
  await page.keyboard.press('Home');
  await lab.drawn();
  await expect(said).toHaveText(/^Layer 1: gradient .*, weights .*, update .* % of the weights, (in|above|below) the band; spread .*, \d.* % dead$/);
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  await expect(said).toHaveText(/^Layer 2: /);
  await page.keyboard.press('End');
  await lab.drawn();
  await expect(said).toHaveText(/^Layer 6: /);
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  await expect(said).toHaveText(/^Layer 6: /);
  await expect(page.locator('#layer-words')).toBeVisible();
  await page.keyboard.press('Escape');
  await lab.drawn();
  await expect(page.locator('#layer-words')).toBeHidden();
  expect(await lab.step(), 'Home is the first layer here').toBe(0);
});

test('the pointer shows the figures of the layer it is over', async ({ lab, page }) => {
  await lab.open(RELU);
  await made(lab);
  const box = (await layers(lab).boundingBox())!;
  const words = page.locator('#layer-words');
  await page.mouse.move(box.x + 0.45 * box.width, box.y + 0.5 * box.height);
  await lab.drawn();
  await expect(words).toHaveText(/^Layer [34]: /);
  await page.mouse.move(box.x + 0.45 * box.width, box.y - 60);
  await lab.drawn();
  await expect(words).toBeHidden();
});

test('the table lists every layer', async ({ lab, page }) => {
  await lab.open(RELU);
  await made(lab);
  await lab.button('Table of the layers').click();
  await lab.drawn();
  const dialog = page.getByRole('dialog', { name: 'Table of the layers' });
  await expect(dialog.locator('tbody tr')).toHaveCount(6);
  await expect(dialog.locator('thead th')).toHaveText(['layer', 'gradient', 'weights', 'update', 'Update / weights', 'Spread of activations', 'dead']);
  await expect(dialog.locator('tbody tr').first().locator('th')).toHaveText('1');
  await page.keyboard.press('Escape');
  await lab.page.getByRole('group', { name: 'Data or layers' }).getByRole('button', { name: 'Data' }).click();
  await lab.drawn();
  await lab.button('Table of the data').click();
  await lab.drawn();
  await expect(page.getByRole('dialog', { name: 'Table of the data' }).locator('tbody tr').first()).toBeVisible();
});

test('stepping moves the profile', async ({ lab, page }) => {
  await lab.open(RELU);
  await made(lab);
  const standing = await lab.picture('layers-picture');
  await page.keyboard.press('.');
  await lab.drawn();
  expect(await lab.picture('layers-picture')).not.toBe(standing);
});

test.describe('on a stopped clock', () => {
  test.use({ ownContext: true });

  /** Plays half a second at a quarter of the speed: how often profile and pulse are drawn. */
  async function playSlowly(lab: Lab) {
    await lab.recordDrawing();
    await lab.stopClock();
    await lab.open(RELU);
    await expect.poll(async () => {
      await lab.pass(20);
      return lab.page.locator('#chart').getAttribute('aria-busy');
    }).toBe('false');
    await lab.picker('Speed').selectOption('0.25');
    await lab.button('Play').click();
    await lab.pass(20);
    const counts = async () => [await lab.drawings('layers-picture'), await lab.drawings('layers-pulse')];
    const [pictures, pulses] = await counts();
    await lab.pass(500);
    const [later, moved] = await counts();
    return { pictures: later - pictures, pulses: moved - pulses };
  }

  test('playing sends a pulse back through the layers within each step', async ({ lab }) => {
    const { pictures, pulses } = await playSlowly(lab);
    expect(pulses, 'it moves with the frames').toBeGreaterThan(20);
    expect(pictures, 'a step takes two thirds of a second').toBeLessThanOrEqual(2);
  });

  test('with reduced motion nothing moves within a step', async ({ lab, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const { pulses } = await playSlowly(lab);
    expect(pulses).toBeLessThanOrEqual(2);
    expect(await lab.colors('layers-pulse')).toBe(1);
  });
});

test('before a prediction the layers tell nothing', async ({ lab }) => {
  await lab.open(`${SIGMOID}&predict=1`);
  await lab.drawn();
  await expect(sentence(lab)).toHaveText('The curve comes with the answer.');
  expect(await lab.colors('layers-picture')).toBe(1);
});

for (const [theme, find] of [['light', faults], ['dark', faultsOfLook]] as const) {
  test(`no faults of accessibility, ${theme}`, async ({ lab, page }) => {
    await lab.open(`${RELU}&theme=${theme}`);
    await made(lab);
    await layers(lab).focus();
    await page.keyboard.press('ArrowRight');
    await lab.drawn();
    expect(await find(page)).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the switch has three places, a link opens the third, and a finger reads a layer', async ({ lab, page }) => {
    await lab.open(RELU);
    await made(lab);
    await expect(layers(lab)).toBeVisible();
    await expect(lab.map).toBeHidden();
    const group = page.getByRole('group', { name: 'Map or data' });
    await expect(group.getByRole('button')).toHaveText(['Map', 'Data', 'Layers']);
    for (const button of await group.getByRole('button').all()) {
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    }
    const box = (await layers(lab).boundingBox())!;
    await page.touchscreen.tap(box.x + 0.2 * box.width, box.y + 0.5 * box.height);
    await lab.drawn();
    await expect(page.locator('#layer-words')).toHaveText(/^Layer [12]: /);
    await group.getByRole('button', { name: 'Map' }).tap();
    await lab.drawn();
    await expect(lab.map).toBeVisible();
    await expect(layers(lab)).toBeHidden();
    await group.getByRole('button', { name: 'Data' }).tap();
    await lab.drawn();
    await expect(page.getByRole('application', { name: 'Data points' })).toBeVisible();
    await expect.poll(() => lab.linked('beside')).toBeUndefined();
    await group.getByRole('button', { name: 'Layers' }).tap();
    await lab.drawn();
    await expect(layers(lab)).toBeVisible();
    await expect.poll(() => lab.linked('beside')).toBe('layers');
  });
});
