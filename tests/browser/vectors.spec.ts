// What an optimizer has in mind: arrows at the current point.

import { expect, test, type Lab } from './page';

const ADAM = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=100&step=3&run=adam,lr=0.45';

test.beforeEach(async ({ lab }) => lab.recordDrawing());

async function words(lab: Lab) {
  return lab.page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.join('|'));
}

const puck = (lab: Lab) => lab.page.getByRole('button', { name: 'Current point: gradient, momentum and step' });

test('hovering the current point shows gradient, momentum and step', async ({ lab, page }) => {
  await lab.open(ADAM);
  const before = await lab.picture('map-overlay');
  expect(await words(lab)).not.toContain('−m');
  const box = (await puck(lab).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await lab.drawn();
  expect(await lab.picture('map-overlay')).not.toBe(before);
  for (const label of ['−∇J', '−m', 'Δθ']) expect(await words(lab)).toContain(label);
  await page.mouse.move(box.x - 150, box.y - 100);
  await lab.drawn();
  expect(await lab.picture('map-overlay'), 'they go with the pointer').toBe(before);
});

test('so does the focus of the keyboard; a click lets them stay', async ({ lab, page }) => {
  await lab.open(ADAM);
  const before = await lab.picture('map-overlay');
  await puck(lab).focus();
  await lab.drawn();
  const shown = await lab.picture('map-overlay');
  expect(shown).not.toBe(before);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await lab.drawn();
  expect(await lab.picture('map-overlay'), 'pinned').toBe(shown);
  await expect(puck(lab)).toHaveAttribute('aria-pressed', 'true');
});

test('plain descent has no momentum to show', async ({ lab }) => {
  await lab.open(ADAM.replace('adam', 'sgd').replace('0.45', '0.04'));
  await puck(lab).focus();
  await lab.drawn();
  expect(await words(lab)).toContain('−∇J');
  expect(await words(lab)).not.toContain('−m');
});
