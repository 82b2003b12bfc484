// The page as the tests see it: its controls by their public names, what it
// shows, and a record of everything it should not have done.

import { expect, type ConsoleMessage, type Locator, type Page, type Request } from '@playwright/test';

import { test as base } from './contexts';
import { PAGE_PATH } from './server.mjs';

export { expect };

/** The parts of the page that say of themselves whether they are still being computed. */
const BUSY = { map: 'data-busy', data: 'data-busy', chart: 'aria-busy', spectrum: 'aria-busy' } as const;

/** A path of a pointer, in CSS pixels of the window. */
export type Point = { x: number; y: number };

/** Counts what is drawn on each canvas, and which words; before the page's own code. */
function recordDrawing() {
  const drawings: Record<string, number> = {};
  const words: string[] = [];
  Object.assign(window, { drawings, drawnWords: words });
  const canvas = CanvasRenderingContext2D.prototype;
  const { clearRect, fillText } = canvas;
  canvas.clearRect = function (...box) {
    drawings[this.canvas.id] = (drawings[this.canvas.id] ?? 0) + 1;
    clearRect.apply(this, box);
  };
  canvas.fillText = function (...text) {
    words.push(text[0]);
    fillText.apply(this, text);
  };
}

/** Keeps every value that an attribute of an element has had. */
function recordValues([id, name]: readonly [string, string]) {
  const recorded = window as unknown as { values?: Record<string, string[]> };
  const values: string[] = [];
  recorded.values = { ...recorded.values, [`${id} ${name}`]: values };
  const look = () => {
    const value = document.getElementById(id)?.getAttribute(name);
    if (typeof value === 'string' && value !== values.at(-1)) values.push(value);
  };
  new MutationObserver(look).observe(document, {
    attributes: true, attributeFilter: [name], childList: true, subtree: true,
  });
}

/** The page under test. */
export class Lab {
  /** Errors in the console and uncaught ones; every test ends with none. */
  readonly complaints: string[] = [];
  /** The address of every request. */
  readonly requests: string[] = [];

  /** Takes the scripts of `before` back. */
  private readonly scripts: { dispose(): Promise<void> }[] = [];

  private readonly onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error') this.complaints.push(message.text());
  };

  private readonly onError = (error: Error) => this.complaints.push(String(error));

  private readonly onRequest = (request: Request) => this.requests.push(request.url());

  constructor(readonly page: Page) {
    page.on('console', this.onConsole);
    page.on('pageerror', this.onError);
    page.on('request', this.onRequest);
  }

  /** The page goes on without this test. */
  async leave() {
    this.page.off('console', this.onConsole);
    this.page.off('pageerror', this.onError);
    this.page.off('request', this.onRequest);
    for (const script of this.scripts) await script.dispose();
  }

  /** Runs a script in every document that this test opens, before the page's own code. */
  async before<T>(script: (arg: T) => void, arg?: T) {
    this.scripts.push(await this.page.addInitScript(script as (arg: unknown) => void, arg));
  }

  /** The origin of the test's host. */
  static get origin() {
    return process.env.DESCENT_ORIGIN ?? '';
  }

  static get address() {
    return Lab.origin + PAGE_PATH;
  }

  /** Opens the page with a fragment and waits until it shows its first frame. */
  async open(fragment = '') {
    // A fragment alone would not load the document anew.
    if (this.page.url().startsWith(Lab.address)) await this.page.goto('about:blank');
    await this.page.goto(Lab.address + fragment);
    await this.ready();
  }

  async ready() {
    await expect(this.page.locator('html[data-ready]')).toBeAttached();
  }

  /** All that the page shows is computed, and drawn; or all that these parts of it show. */
  async settled(...parts: (keyof typeof BUSY)[]) {
    await this.drawn();
    for (const part of parts) {
      await expect(this.page.locator(`#${part}`)).toHaveAttribute(BUSY[part], 'false', { timeout: 90_000 });
    }
    if (parts.length > 0) return;
    await expect(this.page.locator('html')).toHaveAttribute('data-busy', 'false', { timeout: 90_000 });
  }

  /** Nothing slides or fades any more. */
  async still() {
    await this.page.waitForFunction(() => document.getAnimations().every(({ playState, effect }) =>
      playState !== 'running' || effect?.getComputedTiming().endTime === Infinity));
  }

  /** Two frames later: what came before has been drawn. */
  async drawn() {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0)))),
    );
  }

  /** Stops the clock of what is opened next: only `pass` moves it. In a context of its own. */
  async stopClock() {
    await this.page.clock.install({ time: 0 });
    await this.page.clock.pauseAt(1000);
  }

  /** Lets so many milliseconds pass on a stopped clock, with all their frames. */
  async pass(milliseconds: number) {
    await this.page.clock.runFor(milliseconds);
  }

  /** So many frames later. */
  async frames(count: number) {
    await this.page.evaluate(async (count) => {
      for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
    }, count);
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  picker(name: string) {
    return this.page.getByRole('combobox', { name, exact: true });
  }

  slider(name: string) {
    return this.page.getByRole('slider', { name, exact: true });
  }

  field(name: string) {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  get rateSlider() {
    return this.slider('Learning rate');
  }

  get rateField() {
    return this.field('Learning rate value');
  }

  get stepSlider() {
    return this.slider('Step');
  }

  get map() {
    return this.page.getByRole('region', { name: 'Loss map' });
  }

  get verdict() {
    return this.page.locator('#verdict');
  }

  get notice() {
    return this.page.locator('#notices [role=alert]');
  }

  get pill() {
    return this.page.locator('#off-map');
  }

  /** The number that a field shows. */
  async number(field: Locator) {
    return readNumber(await field.inputValue());
  }

  rate() {
    return this.number(this.rateField);
  }

  async step() {
    return Number(await this.stepSlider.inputValue());
  }

  /** The fragment in the address bar. */
  fragment() {
    const { hash } = new URL(this.page.url());
    return decodeURI(hash);
  }

  /** One key of the link in the address bar. */
  linked(key: string) {
    const part = this.fragment().slice(1).split('&').find((pair) => pair.startsWith(`${key}=`));
    return part?.slice(key.length + 1);
  }

  async start(): Promise<Point> {
    return { x: await this.number(this.field('Start x')), y: await this.number(this.field('Start y')) };
  }

  /** Types into a field as a person does: all marked, overwritten, Enter. */
  async type(field: Locator, text: string) {
    await field.click();
    await field.press('ControlOrMeta+a');
    if (text) await this.page.keyboard.type(text);
    else await field.press('Delete');
    await field.press('Enter');
    await this.drawn();
  }

  /** A number that stands for what a canvas shows. */
  async picture(id: string) {
    return this.page.locator(`#${id}`).evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext('2d')!;
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      let hash = 0;
      for (const pixel of pixels) hash = (Math.imul(hash, 31) + pixel) | 0;
      return hash;
    });
  }

  /** How many different colours a canvas shows; 1 where it is blank. */
  async colors(id: string) {
    return this.page.locator(`#${id}`).evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext('2d')!;
      return new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
    });
  }

  /** Where a slider's thumb is. */
  async thumb(slider: Locator): Promise<Point> {
    await slider.scrollIntoViewIfNeeded();
    const box = (await slider.boundingBox())!;
    const share = await slider.evaluate((input: HTMLInputElement) => {
      const [low, high] = [Number(input.min), Number(input.max)];
      return (input.valueAsNumber - low) / (high - low);
    });
    // The thumb stays within the track; its width is of no matter to a drag.
    return { x: box.x + 10 + share * (box.width - 20), y: box.y + box.height / 2 };
  }

  /** Presses the mouse at one point and drags it to another in small moves; it stays down. */
  async drag(from: Point, to: Point, moves = 12) {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    for (let move = 1; move <= moves; move += 1) {
      const share = move / moves;
      await this.page.mouse.move(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y));
    }
    await this.drawn();
  }

  /** The place on the window of a part of the map, (0, 0) the upper left of it. */
  async onMap(x: number, y: number): Promise<Point> {
    const box = (await this.page.locator('#map-overlay').boundingBox())!;
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  /** Starts to count the drawings of each canvas, and to keep the words drawn; before `open`. */
  async recordDrawing() {
    await this.before(recordDrawing);
  }

  /** Starts to keep the values of an element's attribute, however short they last; before `open`. */
  async recordValues(id: string, name: string) {
    await this.before(recordValues, [id, name] as const);
  }

  async values(id: string, name: string) {
    return this.page.evaluate(
      (key) => (window as unknown as { values: Record<string, string[]> }).values[key],
      `${id} ${name}`,
    );
  }

  /** The words drawn since the record began, or since this was last asked. */
  async newWords() {
    return this.page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.splice(0));
  }

  async drawings(id: string) {
    return this.page.evaluate(
      (canvas) => (window as unknown as { drawings: Record<string, number> }).drawings[canvas] ?? 0,
      id,
    );
  }

  /** Everything a reader is shown or told, but for what a link or preset said itself. */
  async words() {
    return this.page.evaluate(() => {
      const own = '#notices, #caption, #share-link, #crash-link, #crash-detail, script, style, template, noscript, .noscript';
      const parts: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent?.trim();
        if (text && !node.parentElement?.closest(own)) parts.push(text);
      }
      for (const element of document.querySelectorAll('body *')) {
        if (element.closest(own)) continue;
        for (const name of ['aria-label', 'aria-valuetext', 'title']) {
          const text = element.getAttribute(name);
          if (text) parts.push(text);
        }
        if (element instanceof HTMLInputElement && element.type === 'text') parts.push(element.value);
      }
      return parts.join('\n');
    });
  }
}

/** A number as the page writes it. */
export function readNumber(text: string) {
  return Number(text.replace('−', '-').replaceAll(',', ''));
}

export const test = base.extend<{ lab: Lab }>({
  lab: async ({ page }, use) => {
    const lab = new Lab(page);
    await use(lab);
    await lab.leave();
    expect(lab.complaints, 'errors in the console').toEqual([]);
  },
});
