// The spectrum under the slider: looked at, taken from, and true.

import { expect, readNumber, test, type Lab } from './page';

const RAVINE = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=400&run=sgd,lr=0.03';

const strip = (lab: Lab) => lab.slider('What every rate does');

/** Waits until every rate has been tried. */
const finished = (lab: Lab) => lab.settled('spectrum');

/** What is said of the place that is looked at: its rate, its fate, its steps. */
async function said(lab: Lab) {
  const words = (await strip(lab).getAttribute('aria-valuetext')) ?? '';
  const [rate, fate] = words.split(/: (.*)/);
  return { words, rate: readNumber(rate), outcome: fate.split(/[ ,]/)[0], steps: fate.match(/\d[\d,]*/)?.[0] };
}

/** Points at a share of the strip's width. */
async function pointAt(lab: Lab, share: number) {
  const box = (await strip(lab).boundingBox())!;
  await lab.page.mouse.move(box.x + share * box.width, box.y + 40);
  await lab.drawn();
  return box;
}

test('what is pointed at lies under the same pixel as on the slider', async ({ lab, page }) => {
  await lab.open(RAVINE);
  await finished(lab);
  for (const share of [0.1, 0.37, 0.62, 0.9]) {
    const box = await pointAt(lab, share);
    const { rate } = await said(lab);
    await lab.type(lab.rateField, String(rate));
    const slider = lab.rateSlider;
    // The thumb's centre runs from 12 px inside either end.
    const x = await slider.evaluate((input: HTMLInputElement) => {
      const [low, high] = [Number(input.min), Number(input.max)];
      const track = input.getBoundingClientRect();
      return track.x + 12 + ((input.valueAsNumber - low) / (high - low)) * (track.width - 24);
    });
    expect(Math.abs(x - (box.x + share * box.width))).toBeLessThan(1.5);
  }
  expect(await page.locator('#rate-error').innerText()).toBe('');
});

for (const link of [
  RAVINE,
  '#v=1&loss=himmelblau&start=0,0&steps=150&run=momentum,lr=0.01',
  '#v=1&loss=saddle&start=1.5,0.001&steps=200&run=sgd,lr=0.1,schedule=cosine,t_max=200',
  '#v=1&loss=parabola&start=3&steps=60&run=adam,lr=0.1,clip=norm,clip_at=2',
]) {
  test(`a click takes a rate, and what was said of it comes true: ${link}`, async ({ lab, page }) => {
    await lab.open(link);
    await finished(lab);
    const seen = new Set<string>();
    for (const share of [0.02, 0.2, 0.45, 0.7, 0.8, 0.97]) {
      const box = await pointAt(lab, share);
      const before = await said(lab);
      await page.mouse.click(box.x + share * box.width, box.y + 40);
      await lab.drawn();
      expect(await lab.rate()).toBe(before.rate);
      await expect(lab.verdict).toHaveAttribute('data-outcome', before.outcome);
      if (/^(converges|oscillates)/.test(before.outcome)) {
        expect(await lab.verdict.innerText()).toContain(` ${before.steps} step`);
      }
      seen.add(before.outcome);
    }
    expect(seen.size, 'the places differ').toBeGreaterThan(1);
  });
}

test('it is looked at and taken from with the keyboard alone', async ({ lab, page }) => {
  await lab.open(RAVINE);
  await finished(lab);
  await lab.rateSlider.focus();
  await page.keyboard.press('Tab');
  await expect(strip(lab)).toBeFocused();
  await lab.drawn();
  const here = await said(lab);
  expect(here.rate).toBeCloseTo(0.03, 3);
  await page.keyboard.press('ArrowRight');
  await lab.drawn();
  const next = await said(lab);
  expect(next.rate).toBeGreaterThan(here.rate);
  expect(next.rate / here.rate).toBeLessThan(1.03);
  await page.keyboard.press('End');
  await lab.drawn();
  expect((await said(lab)).outcome).toBe('diverges');
  expect(await lab.rate(), 'only looked at').toBe(0.03);
  await page.keyboard.press('Enter');
  await lab.drawn();
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'diverges');
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  await lab.drawn();
  const low = await said(lab);
  await page.keyboard.press('Space');
  await lab.drawn();
  expect(await lab.rate()).toBe(low.rate);
  await expect(lab.button('Play'), 'the space bar took a rate and did not play').toBeVisible();
});

test('it follows loss, start and rule, but not the rate itself', async ({ lab, page }) => {
  await lab.open(RAVINE);
  await finished(lab);
  await pointAt(lab, 0.75);
  const before = await said(lab);
  await lab.rateSlider.focus();
  await page.keyboard.press('ArrowRight');
  await finished(lab);
  await pointAt(lab, 0.75);
  expect((await said(lab)).words).toBe(before.words);
  await lab.picker('Optimizer').first().selectOption('momentum');
  await finished(lab);
  await pointAt(lab, 0.75);
  expect((await said(lab)).words).not.toBe(before.words);
});

test('noise shows the shares of sixteen seeds', async ({ lab }) => {
  await lab.open('#v=1&loss=quadratic&steps=120&noise=0.02&run=sgd,lr=0.1');
  await finished(lab);
  const words = new Set<string>();
  for (let share = 0.3; share < 0.9; share += 0.02) {
    await pointAt(lab, share);
    const { words: text } = await said(lab);
    expect(text).toMatch(/: .* of 16 seeds$/);
    const counts = text.split(': ')[1].match(/\d+(?=,| of)/g)!.map(Number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(16);
    words.add(text);
  }
  expect([...words].some((text) => text.includes(',')), 'seeds disagree somewhere').toBe(true);
});

for (const [what, link, outcome] of [
  ['every rate diverges', '#v=1&loss=quadratic,kappa=1000&steps=900&view=-10,10,-8,8&run=sgd,lr=90', 'diverges'],
  ['the start is the minimum', '#v=1&loss=quadratic&start=0,0&run=sgd,lr=0.1', 'converges'],
  ['flat ground', '#v=1&loss=gaussian_well,width=0.3&start=50,50&run=sgd,lr=0.1', 'stalls'],
]) {
  test(`a sensible strip and sentence: ${what}`, async ({ lab }) => {
    await lab.open(link);
    await finished(lab);
    await pointAt(lab, 0.99);
    expect((await said(lab)).outcome).toBe(outcome);
    await expect(lab.verdict).toHaveAttribute('data-outcome', outcome);
    expect(await lab.words()).not.toMatch(/NaN|Infinity/);
  });
}

test('one single step has a strip, and so has a rate far outside the usual range', async ({ lab }) => {
  await lab.open('#v=1&loss=quadratic&steps=1&run=sgd,lr=0.1');
  await finished(lab);
  await pointAt(lab, 0.5);
  expect((await said(lab)).words).toMatch(/^0\.\d+: \w+/);
  await lab.open('#v=1&loss=quadratic&steps=100&run=sgd,lr=50');
  await finished(lab);
  await pointAt(lab, 0.999);
  const { rate, outcome } = await said(lab);
  expect(rate).toBeGreaterThan(45);
  expect(outcome).toBe('diverges');
});

test('a long run is tried between frames, and a change begins anew', async ({ lab, page }) => {
  await lab.open('#v=1&loss=rosenbrock&steps=1000000&run=adam,lr=0.01');
  await expect(strip(lab)).toHaveAttribute('aria-busy', 'true');
  await pointAt(lab, 0);
  // A few frames later at most; all of it takes seconds.
  await expect.poll(async () => (await said(lab)).words, 'coarse at once').not.toContain('not yet');
  await expect(strip(lab)).toHaveAttribute('aria-busy', 'true');
  await lab.type(lab.field('Steps'), '50');
  await finished(lab);
  await pointAt(lab, 0);
  expect((await said(lab)).steps).toBe('50');
  await page.mouse.move(5, 5);
});

test('Chinese', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&lang=zh`);
  const element = page.getByRole('slider', { name: '各个学习率的结果' });
  await expect(element).toHaveAttribute('aria-busy', 'false');
  await expect(element).toHaveAttribute('aria-valuetext', /：收敛，[\d,]+ 步后稳定$/);
});

test.describe('with a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a touch takes a rate', async ({ lab, page }) => {
    await lab.open(RAVINE);
    await finished(lab);
    const box = (await strip(lab).boundingBox())!;
    await page.touchscreen.tap(box.x + 0.9 * box.width, box.y + 40);
    await lab.drawn();
    await expect(lab.verdict).toHaveAttribute('data-outcome', 'diverges');
    expect(await lab.rate()).toBeGreaterThan(0.1);
  });
});
