// 'Predict first' as the tests see it: links that ask, the question, its answers.

import { type Lab } from './page';

export const RAVINE = '#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=200';
/** The limit is 0.1. */
export const [CONVERGES, DIVERGES] = ['0.04', '0.24'];
export const asked = (rate: string, more = '') => `${RAVINE}&run=sgd,lr=${rate}&predict=1${more}`;

export const QUESTION = 'What will this rate do?';
/** The question and the score, two parts with or without a gap in the source. */
export const asksWith = (score: string) => new RegExp(`^\\s*What will this rate do\\?\\s*${score}\\s*$`);
export const group = (lab: Lab) => lab.page.getByRole('group', { name: QUESTION });
export const guess = (lab: Lab, word: string) => group(lab).getByRole('button', { name: word, exact: true });
export const status = (lab: Lab) => lab.page.getByRole('status').filter({ hasText: /\S/ });

/** Plays as fast as there is. */
export async function hurry(lab: Lab) {
  await lab.page.locator('#speed').selectOption('1024');
}
