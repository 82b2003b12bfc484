// English and Chinese, switched live; light and dark.

import { expect, test, type Lab } from './page';

/** Latin words in a row that are no name, formula, key cap or brand. */
async function latinSentences(lab: Lab) {
  return lab.page.evaluate(() => {
    const kept = '#notices, #formula, .brand, kbd, noscript, .noscript, #lang-en, script, style, template, .link-field';
    const texts: string[] = [document.title.replace('Descent Lab', '')];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(kept)) texts.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('body *:not(script)')) {
      if (element.closest(kept)) continue;
      for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    // What is called so in Chinese, too.
    const named = (text: string) => text.replace('Leaky ReLU', '');
    return texts.filter((text) => /[A-Za-z]{2,}[ ,:]+[A-Za-z]{2,}/.test(named(text)));
  });
}

/** Words that a reader of Chinese has no use for, alone or on a canvas. */
const ENGLISH = /\b(best|limit|start|step|steps|loss|previous|play|pause|speed|rate|share|close|fit|zoom|units?|here|map|value|scenario)\b/i;

test('every word changes with the language, at once', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open('#v=1&preset=oscillating&step=5');
  // A ghost has words, too.
  await lab.type(lab.rateField, '0.06');
  const english = await lab.words();
  await page.evaluate(() => { (window as unknown as { drawnWords: string[] }).drawnWords.length = 0; });
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await lab.drawn();
  expect(await latinSentences(lab)).toEqual([]);
  const chinese = (await lab.words()).split('\n');
  expect(chinese.filter((text) => ENGLISH.test(text))).toEqual([]);
  expect(chinese.filter((text) => /\p{Script=Han}/u.test(text)).length).toBeGreaterThan(40);
  await expect(lab.verdict).toContainText('学习率');
  const drawn = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords);
  expect(drawn.filter((text) => ENGLISH.test(text))).toEqual([]);
  expect(drawn.join(' ')).toMatch(/\p{Script=Han}/u);
  await expect.poll(() => lab.linked('lang')).toBe('zh');

  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await lab.drawn();
  // But for the language's own name nothing Chinese is left.
  const back = (await lab.words()).split('\n').filter((text) => /\p{Script=Han}/u.test(text));
  expect(back).toEqual(['中文']);
  expect((await lab.words()).split('\n').length).toBe(english.split('\n').length);
});

test('public names are those of the design, in both languages', async ({ lab, page }) => {
  const names = [
    ['slider', 'Learning rate', '学习率'],
    ['slider', 'Step', '步数'],
    ['textbox', 'Learning rate value', '学习率数值'],
    ['button', 'Play', '播放'],
    ['button', 'Step forward', '前进一步'],
    ['button', 'Step back', '后退一步'],
    ['button', 'Restart', '重新开始'],
    ['button', 'Share', '分享'],
    ['combobox', 'Scenario', '情景'],
    ['combobox', 'Loss', '损失函数'],
    ['region', 'Loss map', '损失地图'],
  ] as const;
  await lab.open('#v=1&preset=about_right');
  for (const [role, english] of names) {
    await expect(page.getByRole(role, { name: english, exact: true })).toBeVisible();
  }
  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  for (const [role, , chinese] of names) {
    await expect(page.getByRole(role, { name: chinese, exact: true })).toBeVisible();
  }
  await page.getByRole('button', { name: '播放' }).click();
  await expect(page.getByRole('button', { name: '暂停' })).toBeVisible();
});

test('refusals of a link are in the reader\'s language', async ({ lab, page }) => {
  await lab.open('#v=1&lang=zh&loss=mystery&run=sgd,lr=-1&steps=0&view=1');
  const lines = await lab.notice.locator('li').allInnerTexts();
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(/\p{Script=Han}/u);
  await page.getByRole('button', { name: '关闭' }).first().click();
  await expect(lab.notice).toHaveCount(0);
});

test('what was refused changes its language with the page', async ({ lab, page }) => {
  await lab.open('#v=1&loss=mystery');
  await lab.type(lab.rateField, 'fast');
  await lab.type(lab.field('Steps'), 'many');
  await page.getByRole('button', { name: '中文' }).click();
  await lab.drawn();
  for (const said of [lab.notice.locator('li'), page.locator('#rate-error'), page.locator('#field-error')]) {
    await expect.soft(said).toContainText(/\p{Script=Han}/u);
  }
});

test.describe('a reader whose browser speaks Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('is shown Chinese', async ({ lab, page }) => {
    await lab.open();
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    await expect(lab.verdict).toContainText('学习率');
  });

  test('is shown English by a link that asks for it', async ({ lab, page }) => {
    await lab.open('#v=1&lang=en');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('the theme is switched', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const light = await lab.picture('map-base');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const lightGround = await ground();
  await lab.button('Dark theme').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await lab.drawn();
  expect(await lab.picture('map-base')).not.toBe(light);
  expect(await ground()).not.toBe(lightGround);
  await expect.poll(() => lab.linked('theme')).toBe('dark');
  await page.keyboard.press('t');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await lab.drawn();
  expect(await lab.picture('map-base')).toBe(light);
});

test('the theme follows the system as long as none was chosen', async ({ lab, page }) => {
  await lab.open('#v=1&preset=about_right');
  const light = await lab.picture('map-base');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await lab.drawn();
  expect(await lab.picture('map-base')).not.toBe(light);
});
