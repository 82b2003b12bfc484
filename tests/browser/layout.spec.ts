// Nothing jumps: neither by the browser's own measure, nor under the thumb.

import { expect, test, type Lab } from './page';

const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};

/** Adds up what the browser calls layout shift: what moves by itself, not in answer to a press. */
async function recordShifts(lab: Lab) {
  await lab.before(() => {
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Element }[] };
    const shifts: { value: number; moved: string }[] = [];
    const take = (entries: PerformanceEntryList) => {
      for (const { value, hadRecentInput, sources } of entries as Shift[]) {
        const moved = sources.map(({ node }) => node?.id || node?.nodeName).join(', ');
        if (!hadRecentInput) shifts.push({ value, moved });
      }
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    Object.assign(window, {
      takeShifts: () => {
        take(observer.takeRecords());
        return shifts.splice(0);
      },
    });
  });
}

async function expectNoShift(lab: Lab, when: string) {
  await lab.drawn();
  const shifts = await lab.page.evaluate(
    () => (window as unknown as { takeShifts: () => { value: number; moved: string }[] }).takeShifts(),
  );
  const sum = shifts.reduce((sum, { value }) => sum + value, 0);
  expect.soft(sum, `${when}: ${JSON.stringify(shifts)}`).toBeLessThan(0.001);
}

test('nothing shifts from scenario to scenario, by the browser\'s measure', async ({ lab, page }) => {
  await recordShifts(lab);
  await lab.open('#v=1&preset=oscillating');
  const scenarios = lab.picker('Scenario');
  await scenarios.focus();
  const count = await scenarios.locator('option').count();
  for (let press = 1; press < count; press += 1) {
    await page.keyboard.press('ArrowDown');
    await lab.drawn();
  }
  await expect(scenarios).toHaveValue((await scenarios.locator('option').last().getAttribute('value'))!);
  await expectNoShift(lab, 'from scenario to scenario');
});

test('nor while a long run is made', async ({ lab, page }) => {
  await recordShifts(lab);
  await lab.open('#v=1&loss=logistic_regression,data=moons,count=10000&steps=1000000&run=sgd,lr=2');
  await expect(page.locator('#fewer')).toBeVisible();
  const told = new Set<string>();
  await expect.poll(async () => told.add(await lab.verdict.innerText()).size).toBeGreaterThan(4);
  await expectNoShift(lab, 'while figures grow and fewer steps are offered');
});

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`nor while it opens, plays and is dragged: ${size}`, async ({ lab, page }) => {
    await page.setViewportSize(viewport);
    await recordShifts(lab);
    await lab.open();
    await expect.poll(() => lab.step()).toBeGreaterThan(3);
    await expectNoShift(lab, 'while it opens and plays');
    const from = await lab.thumb(lab.rateSlider);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const way of [20, 60, 80, 20, -40, -100, -160]) {
      await page.mouse.move(from.x + way, from.y, { steps: 4 });
      await lab.drawn();
    }
    await page.mouse.up();
    await expectNoShift(lab, 'while the rate is dragged');
    // From the start: at its last rate the run may have come to its end.
    await lab.stepSlider.press('Home');
    await page.locator('#play').click();
    await expect.poll(() => lab.step()).toBeGreaterThan(3);
    await expectNoShift(lab, 'while it plays on');
  });

  test(`what one drags with stays under the thumb: ${size}`, async ({ lab, page }) => {
    await page.setViewportSize(viewport);
    await lab.open('#v=1&preset=oscillating&step=20');
    const parts = ['verdict', 'map', 'play', 'step', 'speed', 'rate-value', 'rate-down', 'rate-up', 'rate', 'rate-scale', 'chart'];
    const places = () => page.evaluate((ids) => ids.map((id) => {
      const { x, y, width, height } = document.getElementById(id)!.getBoundingClientRect();
      return `${id}: ${[x, y, width, height].map(Math.round).join(' ')}`;
    }), parts);
    const before = await places();
    const from = await lab.thumb(lab.rateSlider);
    const thumb = await places();
    expect(thumb).toEqual(before);
    const words = new Set<string>();
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // Over every outcome, with numbers of every length.
    for (let way = -150; way <= 90; way += 12) {
      await page.mouse.move(from.x + way, from.y);
      await lab.drawn();
      expect(await places()).toEqual(before);
      words.add((await page.locator('#verdict').getAttribute('data-outcome'))!);
    }
    await page.mouse.up();
    await lab.drawn();
    expect(await places()).toEqual(before);
    expect(words.size).toBeGreaterThanOrEqual(3);

    // Nor when a refusal is told beside the number.
    await lab.type(lab.rateField, 'abc');
    await expect(page.locator('#rate-error')).toBeVisible();
    expect(await places()).toEqual(before);
  });
}

const LOW = { width: 844, height: 390 };
const LEAVES = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.105&step=12';
const NETWORK = '#v=1&loss=network,depth=2,width=8&steps=20&run=adam,lr=0.02';

for (const [size, viewport] of Object.entries({ ...SIZES, low: LOW })) {
  test(`nothing that lies on the map covers its buttons: ${size}`, async ({ lab, page }) => {
    await page.setViewportSize(viewport);
    for (const lang of ['en', 'zh']) {
      for (const [link, on] of [[LEAVES, '#off-map'], [NETWORK, '#plane']]) {
        await lab.open(`${link}&lang=${lang}`);
        await lab.settled();
        await expect(page.locator(on!)).toBeVisible();
        const [one, buttons] = await Promise.all(
          [on!, '#map-buttons'].map((element) => page.locator(element).boundingBox()),
        );
        const isApart =
          one!.x + one!.width <= buttons!.x || buttons!.x + buttons!.width <= one!.x ||
          one!.y + one!.height <= buttons!.y || buttons!.y + buttons!.height <= one!.y;
        expect(isApart, `${on}, ${lang}: ${JSON.stringify([one, buttons])}`).toBe(true);
      }
    }
  });
}
