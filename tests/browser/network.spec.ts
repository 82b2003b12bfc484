// What the page loads, and from where.

import { type Page } from '@playwright/test';

import { expect, Lab, test } from './page';

// From the host, and not from the cache.
test.use({ ownContext: true });

/** A person trying everything once. */
async function session(lab: Lab, page: Page) {
  await lab.open();
  const from = await lab.thumb(lab.rateSlider);
  await lab.drag(from, { x: from.x - 60, y: from.y });
  await page.mouse.up();
  await lab.picker('Scenario').selectOption('rosenbrock_valley');
  await lab.picker('Loss').selectOption('ackley');
  await lab.button('Play').click();
  await lab.button('Share').click();
  await page.keyboard.press('t');
  await page.keyboard.press('l');
  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  await lab.settled();
}

test('no request leaves the page\'s own folder, and each is answered', async ({ lab, page }) => {
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => failed.push(request.url()));
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await session(lab, page);
  const abroad = lab.requests.filter((address) => !address.startsWith(Lab.address) && !address.startsWith('data:'));
  expect(abroad).toEqual([]);
  expect(sockets).toEqual([]);
  expect(failed).toEqual([]);
});

test('the policy of the page forbids what it does not do', async ({ lab, page }) => {
  await lab.open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy" i]').getAttribute('content');
  expect(policy).toMatch(/default-src '(none|self)'/);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/);

  // Not only said: a request to another host and a script in the document are stopped.
  const stopped = await page.evaluate(async () => {
    const violations: string[] = [];
    const reported = new Promise((done) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        if (violations.push(event.effectiveDirective) === 2) done(violations);
      });
    });
    const script = document.createElement('script');
    script.textContent = 'window.taken = true';
    document.body.append(script);
    const fetched = await fetch('http://localhost:9/').then(() => true, () => false);
    await reported;
    return { violations, fetched, taken: 'taken' in window };
  });
  expect(stopped.taken).toBe(false);
  expect(stopped.fetched).toBe(false);
  expect(stopped.violations.sort()).toEqual(['connect-src', 'script-src-elem']);
  lab.complaints.length = 0;
});
