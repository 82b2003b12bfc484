// Links that no one should have made: each opens a working page that says in
// words what it left out.

import { expect, test } from './page';

type Hostile = {
  /** What is wrong with it. */
  what: string;
  link: string;
  /** What the notice has to name. */
  says: string[];
  /** What of the link is kept: the loss, the steps. */
  keeps?: { loss?: string; steps?: string };
};

// What the document, the address bar or the browser's own decoding might make of a link;
// what the page makes of it is tested without a browser (`tests/links/opened.rs`).
const LINKS: Hostile[] = [
  { what: 'a script', link: '#v=1&loss=<script>document.title="taken"</script>&preset=<img src=x onerror=alert(1)>&steps=40', says: ['<script>', 'onerror'], keeps: { steps: '40' } },
  { what: 'percent-encoded bytes that are no text', link: '#v=1&preset=%ff%fe&steps=70', says: ['preset', 'UTF-8'], keeps: { steps: '70' } },
  { what: 'a link beyond all length', link: `#v=1&loss=booth&x=${'1'.repeat(70_000)}`, says: ['65,536'] },
  { what: 'Chinese', link: '#v=1&损失函数=香蕉&loss=%E5%B3%A1%E8%B0%B7&steps=40', says: ['损失函数', '峡谷'], keeps: { steps: '40' } },
  { what: 'a newer version', link: '#v=2&loss=booth&steps=40', says: ['newer version'], keeps: { loss: 'booth', steps: '40' } },
];

for (const { what, link, says, keeps } of LINKS) {
  test(`${what} opens a working page`, async ({ lab, page }) => {
    await lab.open(link);
    for (const words of says) await expect.soft(lab.notice).toContainText(words);
    if (keeps?.loss) await expect.soft(lab.picker('Loss')).toHaveValue(keeps.loss);
    if (keeps?.steps) await expect.soft(lab.field('Steps')).toHaveValue(keeps.steps);
    await expect.soft(lab.verdict).not.toBeEmpty();
    await expect.soft(page).toHaveTitle(/Descent Lab/);
    await lab.notice.getByRole('button', { name: 'Close' }).click();
    await expect.soft(lab.notice).toHaveCount(0);
    await lab.button('Play').click();
    await expect.poll(() => lab.step()).toBeGreaterThan(0);
    expect.soft(await lab.words()).not.toMatch(/NaN|undefined|Infinity|\binf\b/);
  });
}

test('an empty link opens the first scenario, and nothing is refused', async ({ lab }) => {
  await lab.open('#');
  await expect(lab.notice).toHaveCount(0);
  await expect.poll(() => lab.step()).toBeGreaterThan(0);
});

test('what was refused is not written over in silence', async ({ lab, page }) => {
  const link = '#v=1&loss=booth&run=sgd,lr=-1';
  await lab.open(link);
  await expect(lab.notice).toBeVisible();
  // As long as nothing was set by hand, the link that came stays to be read.
  expect(new URL(page.url()).hash).toBe(link);
});
