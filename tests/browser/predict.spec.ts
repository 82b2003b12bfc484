// 'Predict first': the run is hidden until the reader has said what it will do.

import { expect, test, type Lab } from './page';
import { asked, asksWith, CONVERGES, DIVERGES, group, guess, hurry, QUESTION, RAVINE, status } from './prediction';

/** All of the page that a reader, or a program that reads to one, can get at, without the rate itself. */
async function known(lab: Lab, rate: string) {
  return lab.page.evaluate((rate) => {
    const body = document.body.cloneNode(true) as HTMLElement;
    for (const part of body.querySelectorAll('script, #toast')) part.remove();
    // What stands at the rate itself, and how far the page is with what it does not show.
    for (const name of ['aria-valuenow', 'aria-busy']) body.querySelector('#spectrum')!.removeAttribute(name);
    // Where the thumb of the rate stands, how wide its number is.
    for (const part of body.querySelectorAll('[style]')) part.removeAttribute('style');
    const controls = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input:not(#rate), select')];
    const values = controls.map(({ id, value }) => `${id} = ${value}`);
    return [body.outerHTML, ...values].join('\n').replaceAll(rate, 'RATE');
  }, rate);
}

test('an open question keeps everything to itself', async ({ lab, page }) => {
  const seen: string[] = [];
  for (const rate of [CONVERGES, DIVERGES]) {
    await lab.open(asked(rate, '&step=30&lang=en'));
    await expect(status(lab)).toHaveText(QUESTION);
    await page.getByRole('button', { name: 'Settings of run A' }).click();
    await lab.button('Fit loss and path').click();
    await page.mouse.move(5, 400);
    await lab.drawn();
    const parts = [await known(lab, rate)];
    for (const id of ['map-base', 'map-overlay', 'chart']) parts.push(`${id}: ${await lab.picture(id)}`);
    await page.getByRole('tab', { name: 'Results' }).click();
    await lab.drawn();
    parts.push(await known(lab, rate));
    seen.push(parts.join('\n'));
    await expect(page.locator('#chart-later')).toBeVisible();
    await expect(page.locator('#chart-box, #results').filter({ visible: true })).toHaveCount(0);
    await expect(lab.pill).toBeHidden();
    await expect(lab.stepSlider).toHaveAttribute('max', '200');
  }
  // But for the rate, one that converges is shown as one that leaves all bounds in nine steps.
  expect(seen[1]).toBe(seen[0]);
  expect(seen[0]).not.toMatch(/data-outcome="(converges|diverges)" role|curvature =/);
});

test('what other rates do stays hidden as long as the mode is on', async ({ lab, page }) => {
  await lab.recordDrawing();
  await lab.open(asked(CONVERGES));
  await hurry(lab);
  const spectrum = page.locator('#spectrum');
  const secret = 'Hidden as long as you predict first';
  await expect(spectrum).toHaveAttribute('aria-valuetext', secret);
  await guess(lab, 'converges').click();
  await expect(status(lab)).toContainText('Right');
  // One answer is not to give away the next.
  await spectrum.hover();
  await lab.drawn();
  await expect(spectrum).toHaveAttribute('aria-valuetext', secret);
  const drawn = () => page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.splice(0));
  expect((await drawn()).filter((word) => /crawls|diverges|bounces|oscillates/.test(word))).toEqual([]);
  await page.keyboard.press('p');
  await expect(spectrum).not.toHaveAttribute('aria-valuetext', secret);
  expect(await drawn()).toContain('diverges');
});

test('titles and captions of scenarios wait, too', async ({ lab, page }) => {
  await lab.open('#v=1&preset=oscillating&predict=1');
  const chosen = () => lab.picker('Scenario').evaluate((picker: HTMLSelectElement) => picker.selectedOptions[0].text);
  expect(await chosen()).toBe('Scenario 1');
  await expect(page.locator('#caption')).toHaveText('What this scenario is about comes with the answer.');
  await hurry(lab);
  await guess(lab, 'oscillates').click();
  await expect(lab.verdict).toContainText('Right: Oscillates');
  expect(await chosen()).toBe('Ravine: the rate oscillates');
  await expect(page.locator('#caption')).toContainText('overshoots');
});

test('a right answer: the run plays, then the page says so and why', async ({ lab, page }) => {
  await lab.open(asked(CONVERGES));
  const blank = await lab.picture('map-overlay');
  await guess(lab, 'converges').click();
  await expect(lab.button('Pause')).toBeVisible();
  await expect.poll(() => lab.step()).toBeGreaterThan(1);
  // While it plays the answer is open, and the guess is marked.
  await expect(status(lab)).toHaveText(QUESTION);
  await expect(guess(lab, 'converges')).toHaveAttribute('aria-pressed', 'true');
  await expect(lab.page.locator('#play'), 'the keys of the transport are wanted now').toBeFocused();
  await guess(lab, 'diverges').click({ force: true });
  await expect(guess(lab, 'converges'), 'said is said').toHaveAttribute('aria-pressed', 'true');
  await expect(guess(lab, 'diverges')).toHaveAttribute('aria-pressed', 'false');
  await expect(lab.stepSlider).toHaveAttribute('max', '200');
  expect(await lab.picture('map-overlay')).not.toBe(blank);
  await expect(page.locator('#chart-later')).toBeVisible();
  await hurry(lab);
  await expect(status(lab)).toContainText(/Right: .*within 1% of the minimum after \d+ steps/);
  await expect(status(lab)).toContainText('1 of 1 right');
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'converges');
  await expect(lab.verdict).toHaveAttribute('aria-live', 'polite');
  await expect(group(lab)).toBeHidden();
  expect(await lab.step(), 'played from the start to the end').toBe(200);
  expect(await lab.colors('chart')).toBeGreaterThan(5);
});

test('a wrong answer, and the end of a run that left all bounds', async ({ lab }) => {
  await lab.open(asked(DIVERGES));
  await hurry(lab);
  await guess(lab, 'converges').click();
  await expect(status(lab)).toContainText('Not this time, you said converges: Diverges: learning rate × curvature = 4.80, above the limit of 2');
  await expect(status(lab)).toContainText('0 of 1 right');
  await expect(lab.stepSlider, 'now its end may be known').toHaveAttribute('max', '11');
});

test('a change asks again, and the score goes on until the page is left', async ({ lab, page }) => {
  await lab.open(asked(CONVERGES));
  await hurry(lab);
  await guess(lab, 'converges').click();
  await expect(status(lab)).toContainText('1 of 1 right');
  await lab.type(lab.rateField, DIVERGES);
  await expect(status(lab)).toHaveText(asksWith('1 of 1 right'));
  await guess(lab, 'bounces').click();
  await expect(status(lab)).toContainText('1 of 2 right');
  const changes = [
    () => lab.type(lab.field('Start x'), '-7'),
    () => lab.type(lab.field('Steps'), '150'),
    () => lab.picker('Optimizer').selectOption('momentum'),
    () => lab.picker('Schedule').selectOption('cosine'),
    () => lab.picker('Loss').selectOption('booth'),
    () => page.keyboard.press(']'),
    () => lab.button('Add run').click(),
  ];
  let told = 2;
  for (const change of changes) {
    await change();
    await expect(status(lab)).toHaveText(asksWith(`1 of ${told} right`));
    expect(await lab.step()).toBe(0);
    // No run of the list stalls.
    await guess(lab, 'stalls').click();
    told += 1;
    await expect(status(lab)).toContainText(`1 of ${told} right`);
  }
  // What is only looked at asks nothing.
  for (const look of ['t', 'L', 'l', '.']) await page.keyboard.press(look);
  await lab.button('Zoom in').click();
  await lab.drawn();
  await expect(status(lab)).toContainText('Not this time');
  // The other run is another question.
  await lab.page.getByRole('button', { name: 'Run A', exact: true }).click();
  await expect(status(lab)).toContainText(QUESTION);
  await page.keyboard.press('p');
  await expect(status(lab)).not.toContainText('right');
  await page.keyboard.press('p');
  await expect(status(lab)).toHaveText(asksWith(`1 of ${told} right`));
  await lab.open(asked(CONVERGES));
  await expect(status(lab)).toHaveText(QUESTION);
});

test('a question left open by another change is not counted', async ({ lab }) => {
  await lab.open(asked(CONVERGES));
  await guess(lab, 'converges').click();
  await expect.poll(() => lab.step()).toBeGreaterThan(1);
  await lab.button('Raise the learning rate').click();
  await expect(status(lab)).toHaveText(QUESTION);
  await expect(lab.button('Play')).toBeVisible();
  expect(await lab.step()).toBe(0);
  await expect(guess(lab, 'converges')).toHaveAttribute('aria-pressed', 'false');
});

test('pausing or stepping tells at once', async ({ lab }) => {
  await lab.open(asked(CONVERGES));
  await guess(lab, 'crawls').click();
  await lab.button('Pause').click();
  await expect(status(lab)).toContainText('Not this time, you said crawls: Converges');
  await lab.button('Raise the learning rate').click();
  await guess(lab, 'converges').click();
  await lab.button('Step forward').click();
  await expect(status(lab)).toContainText('1 of 2 right');
});

test('while the rate is dragged the question stands still', async ({ lab, page }) => {
  await lab.open(asked(CONVERGES));
  await page.evaluate(() => {
    const changes: string[] = [];
    Object.assign(window, { changes });
    const seen = new MutationObserver((list) => {
      for (const { target, type, attributeName, oldValue } of list) {
        const value = attributeName && (target as Element).getAttribute(attributeName);
        if (type !== 'attributes' || value !== oldValue) changes.push(`${type} ${attributeName} ${oldValue} ${value}`);
      }
    });
    for (const id of ['verdict-row', 'chart-panel', 'legend']) {
      seen.observe(document.getElementById(id)!, { attributeOldValue: true, childList: true, characterData: true, subtree: true });
    }
  });
  const from = await lab.thumb(lab.rateSlider);
  const map = await lab.picture('map-overlay');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // Over every border.
  for (let way = -60; way <= 140; way += 20) {
    await page.mouse.move(from.x + way, from.y);
    await lab.drawn();
    expect(await lab.picture('map-overlay')).toBe(map);
  }
  await page.mouse.up();
  await lab.drawn();
  expect(await page.evaluate(() => (window as unknown as { changes: string[] }).changes)).toEqual([]);
});

test('what would play waits, and leads to the answers', async ({ lab, page }) => {
  await lab.open(asked(CONVERGES, '&play=1'));
  for (const name of ['Play', 'Step forward', 'Step back', 'Restart']) {
    const button = lab.button(name);
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAttribute('title', 'Say first what this rate will do; then it plays');
    await lab.map.focus();
    await button.click({ force: true });
    await expect(guess(lab, 'crawls')).toBeFocused();
  }
  await expect(lab.stepSlider).toBeDisabled();
  // As many as playing would take several steps in.
  await lab.frames(30);
  expect(await lab.step()).toBe(0);
  await guess(lab, 'converges').click();
  await expect(lab.button('Step forward')).toHaveAttribute('aria-disabled', 'false');
  await expect(lab.button('Step forward')).toHaveAttribute('title', 'Step forward');
  await expect(lab.stepSlider).toBeEnabled();
});

test('by keyboard alone', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=${CONVERGES}`);
  await hurry(lab);
  await page.locator('#speed').evaluate((picker) => (picker as HTMLElement).blur());
  await page.keyboard.press('P');
  await expect(lab.button('Predict first')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => lab.linked('predict')).toBe('1');
  await page.keyboard.press(' ');
  await expect(guess(lab, 'crawls')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(guess(lab, 'converges')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(status(lab)).toContainText('Right: Converges');
  await expect(lab.button('Play'), 'the answers are gone; what plays again is next').toBeFocused();
  await page.keyboard.press('p');
  await expect(lab.button('Predict first')).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => lab.linked('predict')).toBeUndefined();
  await expect(lab.verdict).toHaveText(/^\s*Converges/);
});

test('presets keep the mode, a link decides for itself', async ({ lab, page }) => {
  await lab.open(asked(CONVERGES));
  await page.keyboard.press(']');
  await expect.poll(() => lab.linked('preset')).toBe('oscillating');
  await expect.poll(() => lab.linked('predict')).toBe('1');
  await lab.picker('Scenario').selectOption('too_large');
  await expect(status(lab)).toHaveText(QUESTION);
  await page.evaluate(() => { location.hash = '#v=1&preset=too_large'; });
  await expect(lab.verdict).toContainText('Diverges');
  await expect(lab.button('Predict first')).toHaveAttribute('aria-pressed', 'false');
});

test('several runs: all are hidden, the question is about the selected one', async ({ lab, page }) => {
  await lab.open(`${RAVINE}&run=sgd,lr=${DIVERGES}&run=sgd,lr=${CONVERGES}&predict=1`);
  const blank = await lab.picture('map-overlay');
  await page.getByRole('button', { name: 'Run B', exact: true }).click();
  await lab.drawn();
  expect(await lab.picture('map-overlay')).toBe(blank);
  await hurry(lab);
  await guess(lab, 'converges').click();
  await expect(status(lab)).toContainText('Right: Converges');
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(page.locator('#results-body tr')).toHaveCount(2);
});

test('it is asked and answered in Chinese', async ({ lab }) => {
  await lab.open(asked(DIVERGES, '&lang=zh'));
  await expect(status(lab)).toHaveText('这个学习率会怎样？');
  const answers = lab.page.getByRole('group', { name: '这个学习率会怎样？' }).getByRole('button');
  await expect(answers).toHaveText(['缓慢', '收敛', '振荡', '跳动', '停滞', '发散']);
  await hurry(lab);
  await answers.nth(1).click();
  await expect(status(lab)).toContainText('这次没猜中，你选的是“收敛”。发散：学习率 × 曲率 = 4.80');
  await expect(status(lab)).toContainText('答对 0 / 1');
  await lab.type(lab.field('学习率数值'), CONVERGES);
  await answers.nth(1).click();
  await expect(status(lab)).toContainText('猜对了！收敛：');
  await expect(status(lab)).toContainText('答对 1 / 2');
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('the answer comes at once', async ({ lab }) => {
    await lab.open(asked(CONVERGES));
    await guess(lab, 'converges').click();
    await expect(status(lab)).toContainText('Right: Converges');
    expect(await lab.step()).toBe(200);
    await expect(lab.button('Play')).toBeVisible();
  });
});

test('a run that oscillates and arrives converges as well', async ({ lab }) => {
  // Between 1/κ and 2/κ.
  await lab.open(asked('0.09'));
  await hurry(lab);
  await guess(lab, 'converges').click();
  await expect(status(lab)).toContainText('Right: it arrives. It oscillates on the way.');
  await expect(lab.page.locator('#score')).toHaveText('1 of 1 right');
  await expect(lab.verdict).toHaveAttribute('data-outcome', 'oscillates');
  await lab.type(lab.rateField, '0.091');
  await guess(lab, 'oscillates').click();
  await expect(status(lab)).toContainText('Right: Oscillates');
  await expect(lab.page.locator('#score')).toHaveText('2 of 2 right');
});

test('every answer says what it means', async ({ lab, page }) => {
  for (const [language, first] of [['en', 'still on its way when the steps run out'], ['zh', '步数用完时仍在途中']]) {
    await lab.open(asked(CONVERGES, `&lang=${language}`));
    const answers = page.locator('#guesses button');
    await expect(answers.first()).toHaveAccessibleDescription(first);
    const all = await answers.evaluateAll((buttons) => buttons.map((button) => (button as HTMLElement).title));
    expect(new Set(all).size).toBe(6);
    await page.locator('#play').click({ force: true });
    const said = () => answers.first().evaluate((button) => getComputedStyle(button, '::after').content);
    await expect.poll(said).toContain(first);
  }
});

test('best and limit wait for the answer', async ({ lab, page }) => {
  await lab.recordDrawing();
  const words = async () => {
    const drawn = await page.evaluate(() => (window as unknown as { drawnWords: string[] }).drawnWords.splice(0));
    return drawn.map((word) => word.trim());
  };
  await lab.open(asked(CONVERGES));
  await lab.drawn();
  for (const word of ['best', 'limit']) expect(await words()).not.toContain(word);
  await hurry(lab);
  await guess(lab, 'converges').click();
  await expect(status(lab)).toContainText('Right');
  await expect.poll(async () => (await words()).join('|')).toMatch(/best.*limit/);
  // The next rate is another question.
  await lab.type(lab.rateField, '0.05');
  await expect(page.locator('#guesses')).toBeVisible();
  await lab.drawn();
  const after = await words();
  expect(after.slice(after.lastIndexOf('Hidden as long as you predict first'))).not.toContain('limit');
});

for (const [name, media] of [['playing', 'no-preference'], ['at once', 'reduce']] as const) {
  test(`the sweep comes with the answer: ${name}`, async ({ lab, page }) => {
    await page.emulateMedia({ reducedMotion: media });
    await lab.open('#v=1&preset=oscillating&predict=1');
    await page.getByRole('tab', { name: 'Sweep' }).click();
    await lab.drawn();
    await expect(page.locator('#sweep')).toBeHidden();
    await hurry(lab);
    await guess(lab, 'oscillates').click();
    await expect(status(lab)).toContainText('Right');
    await expect(page.locator('#sweep')).toBeVisible();
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });
}
