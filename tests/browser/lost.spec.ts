// What is lost on the way: a pointer, the window, the storage, a field that goes away
// under what was typed. Nothing breaks, and nothing lands where it does not belong.

import { expect, Lab, test } from './page';

const RAVINE = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=200&run=sgd,lr=0.04';

/** Fires a pointer event on the map, at a part of it. */
async function point(lab: Lab, kind: string, id: number, at: [number, number], isPrimary = true) {
  const { x, y } = await lab.onMap(...at);
  await lab.page.evaluate(([type, pointerId, clientX, clientY, primary]) => {
    const canvas = document.getElementById('map-overlay')!;
    canvas.dispatchEvent(new PointerEvent(type as string, {
      pointerId: pointerId as number, clientX: clientX as number, clientY: clientY as number,
      isPrimary: primary as boolean, pointerType: 'touch', button: 0, bubbles: true, cancelable: true,
    }));
  }, [kind, id, x, y, isPrimary] as const);
  await lab.drawn();
}

/** Where the start is drawn, as parts of the map. */
async function start(lab: Lab): Promise<[number, number]> {
  // The window of this loss is known from the link.
  const box = (await lab.page.locator('#map-overlay').boundingBox())!;
  const found = await lab.page.evaluate(() => {
    const map = document.getElementById('map-overlay')!;
    const { left, top, width, height } = map.getBoundingClientRect();
    const cursor = (x: number, y: number) => {
      map.dispatchEvent(new PointerEvent('pointermove', {
        pointerId: 77, clientX: left + x, clientY: top + y, pointerType: 'mouse', bubbles: true,
      }));
      return document.getElementById('map')!.dataset.cursor;
    };
    for (let x = 4; x < width; x += 8) {
      for (let y = 4; y < height; y += 8) if (cursor(x, y) === 'move') return [x + 6, y + 6];
    }
    return null;
  });
  expect(found, 'the start is on the map').not.toBeNull();
  return [found![0] / box.width, found![1] / box.height];
}

test('a second finger releases the start that the first one dragged', async ({ lab }) => {
  await lab.open(RAVINE);
  const at = await start(lab);
  const to: [number, number] = [at[0] + 0.1, at[1] + 0.1];
  await point(lab, 'pointerdown', 1, at);
  await point(lab, 'pointermove', 1, to);
  await expect.poll(() => lab.linked('start'), { message: 'it is still held' }).toBe('-8,2.5');
  await point(lab, 'pointerdown', 2, [0.8, 0.8], false);
  await expect.poll(() => lab.linked('start')).not.toBe('-8,2.5');
  const released = lab.linked('start');
  await point(lab, 'pointerup', 1, to);
  await point(lab, 'pointerup', 2, [0.8, 0.8], false);
  await expect.poll(() => lab.linked('start')).toBe(released);
});

test('lost capture, another window and a hidden tab end a drag where it is', async ({ lab, page }) => {
  for (const lose of [
    () => point(lab, 'lostpointercapture', 1, [0.5, 0.5]),
    () => page.evaluate(() => { window.dispatchEvent(new Event('blur')); }),
    () => page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      Reflect.deleteProperty(document, 'hidden');
    }),
  ]) {
    await lab.open(RAVINE);
    const at = await start(lab);
    await point(lab, 'pointerdown', 1, at);
    await point(lab, 'pointermove', 1, [at[0] + 0.1, at[1] + 0.1]);
    await lose();
    await lab.drawn();
    await expect.poll(() => lab.linked('start')).not.toBe('-8,2.5');
    const released = lab.linked('start');
    // The pointer does nothing any more, and the next press is a first one again.
    await point(lab, 'pointermove', 1, [at[0] + 0.3, at[1] + 0.2]);
    await expect.poll(() => lab.linked('start')).toBe(released);
    await point(lab, 'pointerdown', 9, [0.7, 0.3]);
    await point(lab, 'pointerup', 9, [0.7, 0.3]);
    await expect.poll(() => lab.linked('start')).not.toBe(released);
  }
});

test('a key that is held when the window goes is let go', async ({ lab, page }) => {
  await lab.open(RAVINE);
  await lab.rateSlider.focus();
  await page.keyboard.down('ArrowRight');
  await lab.drawn();
  expect(lab.fragment()).toMatch(/lr=0\.04$/);
  await page.evaluate(() => { window.dispatchEvent(new Event('blur')); });
  await expect.poll(() => lab.fragment()).not.toMatch(/lr=0\.04$/);
  await page.keyboard.up('ArrowRight');
});

test.describe('on a stopped clock', () => {
  test.use({ ownContext: true });

  test('the address is written when a pan rests, not with every frame', async ({ lab, page }) => {
    await lab.before(() => {
      const { replaceState, pushState } = History.prototype;
      const writes: string[] = [];
      Object.assign(window, { writes });
      History.prototype.replaceState = function (...all) { writes.push('same'); replaceState.apply(this, all); };
      History.prototype.pushState = function (...all) { writes.push('new'); pushState.apply(this, all); };
    });
    const writes = () => page.evaluate(() => (window as unknown as { writes: string[] }).writes.splice(0).length);
    await lab.stopClock();
    await lab.open(RAVINE);
    await lab.pass(1000);
    await writes();
    const [from, to] = [await lab.onMap(0.7, 0.3), await lab.onMap(0.4, 0.6)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (let move = 1; move <= 30; move += 1) {
      await page.mouse.move(from.x + (move / 30) * (to.x - from.x), from.y + (move / 30) * (to.y - from.y));
      await lab.pass(16);
    }
    expect(await writes()).toBe(0);
    await page.mouse.up();
    await lab.pass(1000);
    expect(lab.linked('view')).toBeDefined();
    expect(await writes()).toBe(1);
    // A wheel has no end: its last turn is written by and by.
    const view = lab.linked('view');
    for (let turn = 0; turn < 12; turn += 1) {
      await page.mouse.wheel(0, 40);
      await lab.pass(16);
    }
    expect(await writes()).toBe(0);
    await lab.pass(1000);
    expect(lab.linked('view')).not.toBe(view);
    expect(await writes()).toBe(1);
  });
});

test('a page that opens playing begins at its first step', async ({ lab, page }) => {
  await lab.before(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = (draw) => ask.call(window, (now) => {
      draw(now);
      const step = document.getElementById('step') as HTMLInputElement | null;
      if (step) seen.push(step.valueAsNumber);
    });
    // As where the page takes long to come.
    const wait = performance.now() + 700;
    while (performance.now() < wait);
  });
  await lab.open('#v=1&loss=quadratic,kappa=20&steps=20000&run=sgd,lr=0.0001&play=1');
  await lab.drawn();
  const [first] = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
  expect(first).toBe(0);
});

test('storage that may not be had is no crash: the data are there, and that is said', async ({ lab, page }) => {
  await lab.before(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() { throw new DOMException('denied', 'SecurityError'); },
    });
  });
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  await page.evaluate(() => {
    const rows = Array.from({ length: 2000 }, (_, row) => `${row * 0.371},${row * 1.7 + (row % 7)}`);
    const data = new DataTransfer();
    data.setData('text/plain', ['x,y', ...rows].join('\n'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.locator('#data-use').click();
  await expect(lab.notice).toContainText('did not keep your data');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(page.locator('#verdict-text')).toHaveText(/\S/);
});

test('Space works check boxes and summaries, and plays nothing there', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=0.05`);
  const tie = page.locator('#tie');
  await tie.focus();
  await page.keyboard.press(' ');
  await expect(tie).toBeChecked();
  const summary = page.locator('#numbers-summary');
  const isOpen = () => page.locator('#numbers').evaluate((part) => (part as HTMLDetailsElement).open);
  if (await page.locator('#loss-section').getAttribute('data-folded') === 'true') await page.locator('#fold-loss').click();
  const before = await isOpen();
  await summary.focus();
  await page.keyboard.press(' ');
  await expect.poll(isOpen).toBe(!before);
  await expect(lab.button('Play')).toBeVisible();
  await page.locator('#map').focus();
  await page.keyboard.press(' ');
  await expect(lab.button('Pause')).toBeVisible();
});

test('a number that was typed and not entered goes with the loss it was typed for', async ({ lab, page }) => {
  await lab.open('#v=1&loss=rastrigin');
  const go = (fragment: string) => page.evaluate((hash) => { location.hash = hash; }, fragment);
  await go('#v=1&loss=quadratic');
  await expect(lab.picker('Loss')).toHaveValue('quadratic');
  await page.locator('#loss-knob-1 + .knob-value').fill('12');
  await page.goBack();
  await expect(lab.picker('Loss')).toHaveValue('rastrigin');
  await lab.drawn();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  // The same where the other loss has a knob in that place.
  await lab.open('#v=1&loss=deep_chain');
  await go('#v=1&loss=quadratic');
  await expect(lab.picker('Loss')).toHaveValue('quadratic');
  await page.locator('#loss-knob-0 + .knob-value').fill('7');
  await page.goBack();
  await expect(lab.picker('Loss')).toHaveValue('deep_chain');
  await lab.drawn();
  expect(lab.fragment()).not.toContain('depth=7');
  await expect(page.locator('#loss-knob-0 + .knob-value')).toHaveValue('4');
  // And in a field that stays.
  await lab.open('#v=1&steps=300');
  await go('#v=1&steps=400');
  await expect(page.locator('#steps')).toHaveValue('400');
  await page.locator('#steps').fill('7');
  await page.goBack();
  await expect(page.locator('#steps')).toHaveValue('300');
  await page.locator('#map').focus();
  await lab.drawn();
  await expect(page.locator('#steps')).toHaveValue('300');
  await expect.poll(() => lab.linked('steps')).toBe('300');
  // What is entered before another loss is chosen counts.
  await page.locator('#steps').fill('123');
  await lab.picker('Loss').focus();
  await lab.picker('Loss').selectOption('rosenbrock');
  await expect.poll(() => lab.linked('steps')).toBe('123');
});

test('the place under the pointer is forgotten with the scale it was on', async ({ lab, page }) => {
  await lab.open(RAVINE);
  const spectrum = page.locator('#spectrum');
  const box = (await spectrum.boundingBox())!;
  await page.mouse.move(box.x + box.width - 15, box.y + 20);
  await lab.drawn();
  await page.evaluate(() => { location.hash = '#v=1&loss=himmelblau&run=sgd,lr=0.01'; });
  await expect(lab.picker('Loss')).toHaveValue('himmelblau');
  await expect(spectrum).toHaveAttribute('aria-valuetext', /^0\.0(09|10|1)/);
  const [now, most] = await spectrum.evaluate((part) => ['aria-valuenow', 'aria-valuemax'].map((name) => Number(part.getAttribute(name))));
  expect(now).toBeLessThanOrEqual(most);
});

test('what shows a run is busy while the run is made, and the page until all is', async ({ lab, page }) => {
  const parts = [['chart', 'aria-busy'], ['map', 'data-busy'], ['data', 'data-busy']] as const;
  for (const [id, attribute] of parts) await lab.recordValues(id, attribute);
  await lab.open('#v=1&loss=logistic_regression,data=moons,count=10000&steps=1000000&run=sgd,lr=2');
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'making');
  for (const [id, attribute] of parts) await expect(page.locator(`#${id}`)).toHaveAttribute(attribute, 'true');
  await expect(page.locator('html')).toHaveAttribute('data-busy', 'true');
  // A screen reader may pass over what is in a busy element: these hold nothing else.
  const busy = page.locator('[aria-busy=true]');
  expect(await busy.evaluateAll((all) => all.map(({ id }) => id).sort())).toEqual(['chart', 'spectrum']);
  expect(await busy.locator('button, input, select, [tabindex], [role=status]').count()).toBe(0);
  await lab.open('#v=1&loss=logistic_regression,data=moons,count=2000&steps=2000&run=sgd,lr=2');
  await lab.settled('chart', 'map', 'data');
  await expect(lab.verdict).not.toHaveAttribute('data-outcome', 'making');
  for (const [id, attribute] of parts) expect(await lab.values(id, attribute), id).toEqual(['true', 'false']);
  await lab.open(RAVINE);
  await lab.settled();
  await expect(page.locator('[aria-busy=true], [data-busy=true]')).toHaveCount(0);
});

test('rates of a network that are not computed yet are said to be so, and are blank', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open('#preset=sigmoid_8');
  const spectrum = page.locator('#spectrum');
  await expect(spectrum).toHaveAttribute('aria-busy', 'true');
  await spectrum.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(spectrum).toHaveAttribute('aria-valuenow', '1');
  await expect(spectrum).toHaveAttribute('aria-valuetext', /not yet computed/);
  const words = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords);
  expect(words).not.toContain('crawls');
});

test('a table is read to its end whatever events come between', async ({ lab, page }) => {
  await lab.open('#v=1&loss=linear_regression&run=sgd,lr=0.01');
  await page.evaluate(() => {
    const rows = Array.from({ length: 200_000 }, (_, row) => `${row * 0.371},${row * 1.7 + (row % 7)}`);
    const data = new DataTransfer();
    data.items.add(new File([['x,y', ...rows].join('\n')], 'rows.csv', { type: 'text/csv' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    // Every task brings an event: each slice finds a message that waits.
    let left = 400;
    const stir = () => {
      document.getElementById('map-overlay')!.dispatchEvent(new PointerEvent('pointerleave'));
      window.dispatchEvent(new Event('resize'));
      left -= 1;
      if (left > 0) setTimeout(stir, 1);
    };
    stir();
  });
  await expect(page.locator('#data-message')).toHaveText('200,000 rows can be used.');
});

test('without vector instructions it says what it needs, in both languages', async ({ lab, page }) => {
  await lab.before(() => { WebAssembly.validate = () => false; });
  await page.goto(Lab.address);
  const said = page.locator('#no-vectors');
  await expect(said).toBeVisible();
  await expect(said).toContainText('WebAssembly SIMD');
  await expect(said.locator('[lang="zh-Hans"]')).toContainText('请更新浏览器');
  await expect(page.locator('#not-started')).toBeHidden();
  expect(lab.complaints.join('\n')).toContain('SIMD');
  lab.complaints.length = 0;
});
