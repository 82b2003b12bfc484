// The map under fingers, with the events of a real touch screen.

import { type CDPSession } from '@playwright/test';
import { expect, test, type Lab, type Point } from './page';

test.use({ hasTouch: true, viewport: { width: 390, height: 844 }, isMobile: true, deviceScaleFactor: 2 });

const MAP = '#v=1&loss=quadratic,kappa=4&start=-6,2&steps=40&run=sgd,lr=0.1';

class Fingers {
  constructor(private readonly session: CDPSession) {}

  static async of(lab: Lab) {
    return new Fingers(await lab.page.context().newCDPSession(lab.page));
  }

  async put(type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) {
    const touchPoints = points.map(({ x, y }, id) => ({ x, y, id }));
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  async tap(at: Point) {
    await this.put('touchStart', [at]);
    await this.put('touchEnd', []);
  }

  /** Moves every finger from its first to its last place. */
  async move(from: Point[], to: Point[], moves = 10) {
    await this.put('touchStart', from);
    for (let move = 1; move <= moves; move += 1) {
      const share = move / moves;
      await this.put('touchMove', from.map(({ x, y }, finger) => ({
        x: x + share * (to[finger].x - x),
        y: y + share * (to[finger].y - y),
      })));
    }
    await this.put('touchEnd', []);
  }
}

async function startAfterTap(lab: Lab, fingers: Fingers, at: Point) {
  await fingers.tap(at);
  await lab.drawn();
  return { x: Number((await lab.page.locator('#start-x').inputValue()).replace('−', '-')),
    y: Number((await lab.page.locator('#start-y').inputValue()).replace('−', '-')) };
}

test('a tap places the start, a finger on it drags it', async ({ lab }) => {
  await lab.open(MAP);
  const fingers = await Fingers.of(lab);
  const [from, to] = [await lab.onMap(0.3, 0.3), await lab.onMap(0.7, 0.6)];
  const b = await startAfterTap(lab, fingers, to);
  const a = await startAfterTap(lab, fingers, from);
  expect(b.x).toBeGreaterThan(a.x);
  expect(b.y).toBeLessThan(a.y);
  await fingers.move([from], [to]);
  await lab.drawn();
  const dragged = Number((await lab.page.locator('#start-x').inputValue()).replace('−', '-'));
  const pixel = (b.x - a.x) / (to.x - from.x);
  expect(Math.abs(dragged - b.x)).toBeLessThan(2 * pixel);
  await expect.poll(() => lab.linked('view')).toBeUndefined();
});

test('one finger pans', async ({ lab }) => {
  await lab.open(MAP);
  const fingers = await Fingers.of(lab);
  const from = await lab.onMap(0.5, 0.75);
  const to = { x: from.x + 70, y: from.y - 50 };
  const start = await lab.page.locator('#start-x').inputValue();
  await fingers.move([from], [to]);
  await expect.poll(() => lab.linked('view')).toBeDefined();
  expect(await lab.page.locator('#start-x').inputValue()).toBe(start);
  expect(await lab.page.evaluate(() => scrollY), 'the page itself stays').toBe(0);
});

test('two fingers pinch', async ({ lab }) => {
  await lab.open(MAP);
  const fingers = await Fingers.of(lab);
  const middle = await lab.onMap(0.6, 0.6);
  const apart = (way: number) => [{ x: middle.x - way, y: middle.y }, { x: middle.x + way, y: middle.y }];
  const before = await startAfterTap(lab, fingers, middle);
  await startAfterTap(lab, fingers, await lab.onMap(0.15, 0.2));
  await fingers.move(apart(30), apart(90));
  await lab.drawn();
  const width = () => {
    const [low, high] = lab.linked('view')!.split(',').map(Number);
    return high - low;
  };
  const closer = width();
  const after = await startAfterTap(lab, fingers, middle);
  expect(Math.abs(after.x - before.x)).toBeLessThan(0.02 * closer);
  expect(Math.abs(after.y - before.y)).toBeLessThan(0.02 * closer);
  await fingers.move(apart(90), apart(30));
  await lab.drawn();
  expect(width() / closer).toBeGreaterThan(2.7);
  expect(width() / closer).toBeLessThan(3.3);
  expect(await lab.page.evaluate(() => visualViewport?.scale), 'the page itself is not zoomed').toBe(1);
});

test('the learning rate follows a finger', async ({ lab }) => {
  await lab.open(MAP);
  const fingers = await Fingers.of(lab);
  const from = await lab.thumb(lab.rateSlider);
  const verdict = await lab.verdict.innerText();
  await fingers.move([from], [{ x: from.x + 80, y: from.y }]);
  await expect.poll(() => lab.rate()).toBeGreaterThan(0.12);
  expect(await lab.verdict.innerText()).not.toBe(verdict);
  await expect.poll(() => lab.linked('run')).toBe(`sgd,lr=${await lab.rate()}`);
});
