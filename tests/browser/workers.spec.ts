// Workers compute what is long. With them, without them, and with one that dies in the middle
// the page comes to the same numbers.

import { readFile } from 'node:fs/promises';
import { type Page } from '@playwright/test';

import { expect, Lab, test } from './page';

// A worker that dies is noticed by the clock.
test.use({ ownContext: true });

const NETWORK = '#v=1&loss=network,depth=2,width=8&steps=40&run=sgd,lr=0.05&run=adam,lr=0.01';
const OWN = '#v=1&loss=polynomial_regression,data=own,degree=5,error=huber&points=0,1;1,3;2,2;3,5;4,4;5,9;6,7'
  + '&steps=200&run=sgd,lr=0.0001&run=momentum,lr=0.0001';

/** What was handed to workers and what came back. */
type Record = { jobs: number; findings: number };

/** Counts messages to workers, and from them, before the page's own code. */
function recordMessages() {
  const record = { jobs: 0, findings: 0 };
  Object.assign(window, { record });
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener('message', ({ data }) => {
        if (data instanceof Float64Array) record.findings += 1;
      });
    }

    override postMessage(message: { job?: Float64Array }) {
      if (message.job) record.jobs += 1;
      super.postMessage(message);
    }
  };
}

const record = (page: Page) => page.evaluate(() => (window as unknown as { record: Record }).record);

function refuseWorkers() {
  window.Worker = class {
    constructor() {
      throw new DOMException('refused', 'SecurityError');
    }
  } as unknown as typeof Worker;
}

/** Appends a statement to the script of workers, run when one has found something for the third time. */
async function atThirdFinding(page: Page, statement: string) {
  await page.route('**/worker.js', async (route) => {
    const script = await (await route.fetch()).text();
    const body = `{
      const say = postMessage.bind(self);
      let said = 0;
      self.postMessage = (...message) => {
        if (message[0] instanceof Float64Array && (said += 1) === 3) { ${statement} }
        say(...message);
      };
    }
    ${script}`;
    await route.fulfill({ body, contentType: 'text/javascript' });
  });
}

/** The table of the sweep of a link, once everything is computed. */
async function sweep(lab: Lab, link: string, meanwhile = async () => {}) {
  await lab.open(link);
  await lab.page.getByRole('tab', { name: 'Sweep' }).click();
  await meanwhile();
  await lab.settled();
  const save = lab.button('Save as CSV');
  const [download] = await Promise.all([lab.page.waitForEvent('download'), save.click()]);
  return readFile(await download.path(), 'utf8');
}

for (const [name, link] of Object.entries({ NETWORK, OWN })) {
  test(`workers find what the page itself finds: ${name}`, async ({ lab, page }) => {
    await lab.before(recordMessages);
    const divided = await sweep(lab, link);
    const { jobs, findings } = await record(page);
    expect(jobs).toBeGreaterThan(3);
    expect(findings).toBeGreaterThan(3);
    await lab.before(refuseWorkers);
    expect(await sweep(lab, link)).toBe(divided);
  });
}

test('a worker that breaks in the middle: the page goes on by itself', async ({ lab, page }) => {
  await lab.before(recordMessages);
  await atThirdFinding(page, 'throw new Error("broken")');
  const after = await sweep(lab, NETWORK);
  expect((await record(page)).findings).toBe(2);
  lab.complaints.length = 0;
  await lab.before(refuseWorkers);
  expect(await sweep(lab, NETWORK)).toBe(after);
});

test('a worker that falls silent in the middle: the page goes on by itself', async ({ lab, page }) => {
  await page.clock.install();
  await lab.before(recordMessages);
  await atThirdFinding(page, 'self.close(); return');
  const after = await sweep(lab, NETWORK, async () => {
    await expect.poll(async () => (await record(page)).findings).toBe(2);
    // Everything that is not with the worker is computed.
    await expect(page.locator('#map')).toHaveAttribute('data-busy', 'false');
    await page.clock.fastForward(15_000);
  });
  expect((await record(page)).findings).toBe(2);
  await lab.before(refuseWorkers);
  expect(await sweep(lab, NETWORK)).toBe(after);
});

test('workers without work are ended, and begun again', async ({ lab, page }) => {
  await page.clock.install();
  await sweep(lab, NETWORK);
  expect(page.workers().length).toBeGreaterThan(0);
  const ended = page.workers().map((worker) => worker.waitForEvent('close'));
  await page.clock.fastForward(60_000);
  await Promise.all(ended);
  const begun = page.waitForEvent('worker');
  await page.getByRole('combobox', { name: 'Optimizer' }).first().selectOption('adam');
  await begun;
  await lab.settled();
});
