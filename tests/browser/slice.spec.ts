// The plane through the parameters of a network: what spans it, what is said of it, how
// its map comes to be; and what the network has learned.

import { expect, test, type Lab } from './page';

const NETWORK = '#v=1&loss=network,data=moons,depth=3,width=8,activation=tanh&steps=200&run=sgd,lr=0.3';
const DEAR = '#v=1&loss=network,data=moons,count=100,depth=12,width=32&steps=40&run=sgd,lr=0.05';

const words = (lab: Lab) => lab.page.locator('#plane-words');
const right = (lab: Lab) => lab.picker('Parameter to the right');
const map = (lab: Lab) => lab.page.locator('#map');

test('the plane is picked, its axes and its sentence say what it is', async ({ lab }) => {
  await lab.recordDrawing();
  await lab.open(NETWORK);
  await lab.settled('map');
  await expect(words(lab)).toContainText(/\d+ % of the path lies in this slice of 105 parameters/);
  const titles = () =>
    lab.page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords);
  for (const [name, plane, title, said] of [
    ['Start and end', 'ends', 'start → end', "through the run's start, its end and the point farthest"],
    ['Random directions', 'random', 'random direction', 'random slice of 105 parameters'],
    ['Two parameters', '0,1', 'weight', "through the run's end"],
  ]) {
    await right(lab).selectOption(name);
    await lab.settled('map');
    await expect.poll(() => lab.linked('plane')).toBe(plane);
    await expect(words(lab)).toContainText(said);
    expect(await titles()).toContain(title);
  }
  await right(lab).selectOption('Principal directions');
  await lab.drawn();
  await expect.poll(() => lab.linked('plane')).toBeFalsy();
});

test('a seed, and two of very many parameters, are typed', async ({ lab, page }) => {
  await lab.open(NETWORK + '&plane=random');
  const seed = page.getByRole('textbox', { name: 'Seed of the random directions' });
  await lab.settled('map');
  const before = await lab.picture('map-overlay');
  await seed.fill('12');
  await seed.press('Enter');
  await lab.settled('map');
  await expect.poll(() => lab.linked('plane')).toBe('random,12');
  expect(await lab.picture('map-overlay')).not.toBe(before);
  await seed.fill('-3');
  await seed.press('Enter');
  await lab.drawn();
  await expect(seed).toHaveValue('12');
  await right(lab).selectOption('Two parameters');
  await page.getByRole('textbox', { name: 'Parameter to the right' }).fill('104');
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect.poll(() => lab.linked('plane')).toBe('104,1');
  // There are no more than these.
  await page.getByRole('textbox', { name: 'Parameter upwards' }).fill('105');
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect.poll(() => lab.linked('plane')).toBe('104,1');
  expect(await right(lab).locator('option').count()).toBe(4);
});

test('when a run is removed the plane is that of the run in its place', async ({ lab }) => {
  const curve = '#v=1&loss=polynomial_regression,degree=7&steps=300';
  const rest = '&run=adam,lr=0.3';
  await lab.open(`${curve}${rest}`);
  await lab.settled('map');
  const alone = [await words(lab).innerText(), await lab.picture('map-base')];
  await lab.open(`${curve}&run=sgd,lr=0.02${rest}`);
  await lab.settled('map');
  expect(await lab.picture('map-base')).not.toBe(alone[1]);
  await lab.button('Settings of run A').click();
  await lab.button('Remove').click();
  await lab.settled('map');
  expect([await words(lab).innerText(), await lab.picture('map-base')]).toEqual(alone);
});

test('the map of a dear loss appears and becomes finer', async ({ lab }) => {
  await lab.recordDrawing();
  await lab.recordValues('map', 'data-map');
  await lab.recordValues('map', 'data-busy');
  await lab.open(DEAR);
  await lab.settled('map');
  const states = await lab.values('map', 'data-map');
  expect(states).toContain('coarse');
  expect(states.at(-1)).toBe('complete');
  expect((await lab.values('map', 'data-busy')).at(-1)).toBe('false');
  expect(await lab.drawings('map-base'), 'finer again and again').toBeGreaterThan(2);
  expect(await lab.colors('map-base')).toBeGreaterThan(20);
});

test('a change begins the map anew, and what is dragged takes over what is known', async ({ lab, page }) => {
  await lab.open(NETWORK);
  await lab.settled('map');
  const exact = await lab.picture('map-base');
  await map(lab).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await lab.settled('map');
  await expect(map(lab)).toHaveAttribute('data-map', 'complete');
  expect(await lab.colors('map-base')).toBeGreaterThan(20);
  await right(lab).selectOption('Start and end');
  await lab.settled('map');
  expect(await lab.picture('map-base')).not.toBe(exact);
});

test('where a network starts is not placed', async ({ lab, page }) => {
  await lab.open(NETWORK);
  const link = lab.fragment();
  const box = (await map(lab).boundingBox())!;
  await page.mouse.click(box.x + 0.6 * box.width, box.y + 0.7 * box.height);
  await lab.drawn();
  expect(lab.fragment()).toBe(link);
  await map(lab).focus();
  await page.keyboard.press('ArrowUp');
  await lab.drawn();
  expect(lab.fragment()).not.toContain('start=');
  expect(lab.fragment()).toContain('view=');
});

test('what it has learned follows the playhead', async ({ lab, page }) => {
  await lab.open(NETWORK);
  await lab.settled('data');
  const start = await lab.picture('data-overlay');
  await lab.slider('Step').focus();
  await page.keyboard.press('End');
  await expect.poll(() => lab.picture('data-overlay')).not.toBe(start);
  const shade = () =>
    page.evaluate(() => {
      const canvas = document.getElementById('data-shade') as HTMLCanvasElement;
      return canvas.getContext('2d')!.getImageData(0, 0, 64, 64).data.some((byte) => byte > 0);
    });
  expect(await shade()).toBe(true);
  await lab.open(NETWORK.replace('moons', 'wave') + '&step=200');
  await lab.settled('data');
  expect(await lab.colors('data-overlay')).toBeGreaterThan(5);
});
