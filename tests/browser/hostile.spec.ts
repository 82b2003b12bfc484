// Links that no one should have made: each opens a working page that says in
// words what it left out.

import { expect, test } from './page';

type Hostile = {
  /** What is wrong with it. */
  what: string;
  link: string;
  /** What the notice has to name; none where nothing is refused. */
  says?: (string | RegExp)[];
  /** What of the link is kept: the loss, the learning rate, the steps. */
  keeps?: { loss?: string; rate?: string; steps?: string };
  /** Whether the run has diverged before its first step: then nothing is left to play. */
};

const MANY = 'a=&'.repeat(3_333);

const LINKS: Hostile[] = [
  { what: 'nothing', link: '#' },
  { what: 'only separators', link: '#&&&==&=&' , says: ['not known'] },
  { what: 'no link at all', link: '#hello', says: ['hello', 'not known'] },
  { what: 'broken percent signs', link: '#v=1&loss=%&steps=%zz&run=sgd,lr=0.05', says: ['loss', 'steps', 'UTF-8'], keeps: { rate: '0.05' } },
  { what: 'percent-encoded bytes that are no text', link: '#v=1&preset=%ff%fe&steps=70', says: ['preset', 'UTF-8'], keeps: { steps: '70' } },
  { what: 'a percent sign at the end', link: '#v=1&steps=70&loss=booth%2', says: ['loss'], keeps: { steps: '70' } },
  { what: 'no numbers', link: '#v=1&loss=rosenbrock&start=NaN,inf&steps=50&run=sgd,lr=0.001', says: [/start.*NaN/], keeps: { loss: 'rosenbrock', steps: '50', rate: '0.001' } },
  { what: 'an infinite rate', link: '#v=1&loss=booth&run=sgd,lr=inf', says: [/lr.*inf/, 'positive'], keeps: { loss: 'booth' } },
  { what: 'a negative rate', link: '#v=1&loss=booth&run=sgd,lr=-1', says: [/lr.*-1/, 'positive'], keeps: { loss: 'booth' } },
  { what: 'a rate of zero', link: '#v=1&run=sgd,lr=0', says: [/lr.*0/, 'positive'] },
  { what: 'the largest rate there is', link: '#v=1&run=sgd,lr=1.7976931348623157e308', keeps: { rate: '1.7976931348623157e308' } },
  { what: 'the smallest rate there is', link: '#v=1&run=sgd,lr=5e-324', keeps: { rate: '5e−324' } },
  { what: 'numbers beyond any size', link: '#v=1&start=1e999,-1e999&steps=99999999999999999999&run=sgd,lr=0.02', says: [/start.*1e999/, /steps.*99999/, '1000000'], keeps: { rate: '0.02', steps: '200' } },
  { what: 'the largest start', link: '#v=1&start=1e12,-1e12&steps=20', keeps: { steps: '20' } },
  { what: 'steps that are not whole', link: '#v=1&steps=10.5&loss=matyas', says: [/steps.*10\.5/, 'whole'], keeps: { loss: 'matyas' } },
  { what: 'no steps', link: '#v=1&steps=0&loss=matyas', says: [/steps.*0/], keeps: { loss: 'matyas', steps: '200' } },
  { what: 'a step beyond the last', link: '#v=1&steps=30&step=31', says: [/step.*31/, '30'], keeps: { steps: '30' } },
  { what: 'ten kilobytes of nothing', link: `#v=1&${MANY}steps=70`, says: ['not known', 'more'], keeps: { steps: '70' } },
  { what: 'a link beyond all length', link: `#v=1&loss=booth&x=${'1'.repeat(70_000)}`, says: ['65,536'] },
  { what: 'a key given twice', link: '#v=1&steps=40&steps=50&loss=booth&loss=matyas', says: [/steps.*50/, /loss.*matyas/, 'more than once'], keeps: { steps: '40', loss: 'booth' } },
  { what: 'unknown keys', link: '#v=1&colour=red&steps=40&constructor=1&__proto__=2', says: ['colour', '__proto__', 'constructor'], keeps: { steps: '40' } },
  { what: 'a loss that does not exist', link: '#v=1&loss=mystery,kappa=2&steps=40', says: ['mystery', 'rosenbrock'], keeps: { loss: 'quadratic', steps: '40' } },
  { what: 'knobs that do not exist or are out of range', link: '#v=1&loss=quadratic,kappa=1e9,shoes=2&steps=40', says: ['kappa', '1000', 'shoes'], keeps: { loss: 'quadratic', steps: '40' } },
  { what: 'a script', link: '#v=1&loss=<script>document.title="taken"</script>&preset=<img src=x onerror=alert(1)>&steps=40', says: ['<script>', 'onerror'], keeps: { steps: '40' } },
  { what: 'Chinese', link: '#v=1&损失函数=香蕉&loss=%E5%B3%A1%E8%B0%B7&steps=40', says: ['损失函数', '峡谷'], keeps: { steps: '40' } },
  { what: 'a newer version', link: '#v=2&loss=booth&steps=40', says: ['newer version'], keeps: { loss: 'booth', steps: '40' } },
  { what: 'a version that is none', link: '#v=one&steps=40', says: [/v.*one/], keeps: { steps: '40' } },
  { what: 'a view without width', link: '#v=1&view=1,1,2,2&steps=40', says: ['view'], keeps: { steps: '40' } },
  { what: 'a view upside down, of words, too short', link: '#v=1&view=a,b,c&steps=40&lang=fr&theme=pink&play=maybe', says: ['view', 'fr', 'pink', 'maybe'], keeps: { steps: '40' } },
  { what: 'an immense view', link: '#v=1&view=-1e12,1e12,-1e12,1e12&steps=40', keeps: { steps: '40' } },
  { what: 'a tiny view', link: '#v=1&view=1,1.00000001,1,1.00000001&steps=40', keeps: { steps: '40' } },
  { what: 'one number too many for the loss', link: '#v=1&loss=parabola&start=1,2&steps=40', says: ['start', 'one number'], keeps: { loss: 'parabola', steps: '40' } },
  { what: 'what this version cannot do', link: '#v=1&steps=40&present=1&noise=0.1&precision=f16', says: ['present', 'noise', 'precision'], keeps: { steps: '40' } },
  { what: 'a batch of what has no samples', link: '#v=1&steps=40&batch=8', says: ['batch = 8', 'full'], keeps: { steps: '40' } },
  { what: 'hidden characters', link: '#v=1&steps=4%000&loss=bo%E2%80%8Both&run=sgd,lr=0.05', says: ['steps', 'loss'], keeps: { rate: '0.05' } },
];

// All in one test: another link costs a document, not a browser's context.
test('every one of them opens a working page', async ({ lab, page }) => {
  test.setTimeout(120_000);
  for (const { what, link, says, keeps } of LINKS) {
    await test.step(what, async () => {
      await lab.open(link);
      if (says) {
        for (const words of says) await expect.soft(lab.notice, what).toContainText(words);
      } else {
        await expect.soft(lab.notice, what).toHaveCount(0);
      }
      if (keeps?.loss) await expect.soft(lab.picker('Loss'), what).toHaveValue(keeps.loss);
      if (keeps?.rate) await expect.soft(lab.rateField, what).toHaveValue(keeps.rate);
      if (keeps?.steps) await expect.soft(lab.field('Steps'), what).toHaveValue(keeps.steps);

      await expect.soft(lab.verdict, what).not.toBeEmpty();
      await expect.soft(page, what).toHaveTitle(/Descent Lab/);
      if (says) {
        await lab.notice.getByRole('button', { name: 'Close' }).click();
        await expect.soft(lab.notice, what).toHaveCount(0);
      }
      // Play works; on an empty link it does already.
      if (await lab.button('Play').isVisible()) await lab.button('Play').click();
      else await expect.poll(() => lab.step(), what).toBeGreaterThan(0);
      expect.soft(await lab.words(), what).not.toMatch(/NaN|undefined|Infinity|\binf\b/);
      expect.soft(lab.complaints.splice(0), what).toEqual([]);
    });
  }
});

test('what was refused is not written over in silence', async ({ lab, page }) => {
  const link = '#v=1&loss=booth&run=sgd,lr=-1';
  await lab.open(link);
  await expect(lab.notice).toBeVisible();
  // As long as nothing was set by hand, the link that came stays to be read.
  expect(new URL(page.url()).hash).toBe(link);
});
