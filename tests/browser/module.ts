// The page's WebAssembly module without the page: imported by a blank document of
// the same origin.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from '@playwright/test';

import { Lab } from './page';
import { dist } from './server.mjs';

/** What the module exports. */
export type Bindings = {
  trajectory(link: string, run?: number): Trajectory;
  finalLoss(link: string): number;
  lossMap(losses: Float64Array, width: number, height: number, contours: Float64Array): {
    pixels: Uint8ClampedArray;
    points: Float32Array;
  };
};

export type Trajectory = {
  lr: Float64Array;
  loss: Float64Array;
  gradNorm: Float64Array;
  x: Float64Array;
  y?: Float64Array;
  outcome: string;
  outcomeStep: number;
};

/** Where the built page says that its module is. */
function moduleAddress() {
  const document = readFileSync(join(dist(), 'index.html'), 'utf8');
  const link = /<link[^>]*rel="?modulepreload"?[^>]*>/.exec(document)?.[0] ?? '';
  const address = /href="?([^"\s>]+)/.exec(link)?.[1];
  if (!address) throw new Error('the page has no link to its module with rel="modulepreload"');
  return new URL(address, Lab.address).href;
}

/** Opens a blank document in which `lab` is the module. */
export async function openModule(page: Page) {
  await page.goto(`${Lab.origin}/blank.html`);
  await page.evaluate(async (address) => {
    const bindings = await import(address);
    await bindings.default();
    Object.assign(window, { lab: bindings });
  }, moduleAddress());
}
