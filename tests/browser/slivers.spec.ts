// A page without room: a frame that is hidden while it loads, or as narrow as nothing.

import { type Frame } from '@playwright/test';

import { expect, Lab, test } from './page';

const LINKS = ['', '#preset=edge_of_stability', '#preset=moons', '#preset=sigmoid_8'];

/** Puts the page into a frame of a document of the same origin. */
async function embed(lab: Lab, fragment: string, style: string): Promise<Frame> {
  await lab.page.goto(`${Lab.origin}/blank.html`);
  await lab.page.evaluate(([source, css]) => {
    const frame = document.createElement('iframe');
    frame.id = 'lab';
    frame.style.cssText = `border: 0; ${css}`;
    frame.src = source;
    document.body.append(frame);
  }, [Lab.address + fragment, style]);
  const element = await lab.page.locator('#lab').elementHandle();
  const frame = (await element!.contentFrame())!;
  await frame.waitForSelector('html[data-ready]', { state: 'attached' });
  return frame;
}

/** Gives the frame another size and waits until the page has drawn on it, if it draws. */
async function resize(lab: Lab, style: string) {
  await lab.page.evaluate(async (css) => {
    const frame = document.getElementById('lab') as HTMLIFrameElement;
    frame.style.cssText = `border: 0; ${css}`;
    frame.contentWindow!.dispatchEvent(new Event('resize'));
    // A frame that is not shown has no frames of its own.
    for (let turn = 0; turn < 2; turn += 1) await new Promise((done) => requestAnimationFrame(done));
  }, style);
}

async function expectAlive(lab: Lab, frame: Frame) {
  await resize(lab, 'width: 1000px; height: 700px');
  await expect(frame.locator('dialog[open]')).toHaveCount(0);
  await expect(frame.locator('#verdict-text')).toHaveText(/\S/);
  await expect.poll(() => frame.locator('#rate-scale').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.some((byte) => byte > 0);
  })).toBe(true);
  await frame.locator('#rate-up').click();
  expect(lab.complaints).toEqual([]);
}

for (const [name, style] of Object.entries({
  'not shown': 'display: none; width: 900px; height: 600px',
  'of no size': 'width: 0; height: 0',
  'one pixel wide': 'width: 1px; height: 600px',
  'one pixel high': 'width: 900px; height: 1px',
  'narrower than its labels': 'width: 45px; height: 600px',
})) {
  test(`a frame that is ${name} while the page loads shows it later`, async ({ lab }) => {
    for (const link of LINKS) {
      const frame = await embed(lab, link, style);
      await expectAlive(lab, frame);
    }
  });
}

test('a page of any small size is laid out', async ({ lab }) => {
  // Pictures of every size are drawn without a browser (`tests/drawing/slivers.rs`).
  const sides = [60, 53, 47, 41, 35, 29, 23, 17, 11, 7, 5, 3, 2, 1, 0];
  for (const link of LINKS.slice(0, 3)) {
    const frame = await embed(lab, link, 'width: 60px; height: 60px');
    for (const side of sides) {
      await resize(lab, `width: ${side}px; height: 600px`);
      await resize(lab, `width: ${side}px; height: ${side}px`);
      await resize(lab, `width: 900px; height: ${side}px`);
    }
    await expectAlive(lab, frame);
  }
});
