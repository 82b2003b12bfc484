// What axe finds wrong. All its rules look at a document once, in English on a desktop:
// names, roles and structure are those of every theme, language and size. What differs
// between those is looked at alone.

import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';

/** Colours by theme, the document's language, and what has to be scrolled at a size. */
const BY_LOOK = ['color-contrast', 'html-has-lang', 'html-lang-valid', 'valid-lang', 'scrollable-region-focusable'];

async function found(axe: AxeBuilder, within?: string) {
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  return violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n  ${nodes.map((node) => `${node.target}: ${node.failureSummary}`).join('\n  ')}`);
}

/** What any rule finds on the page, or within a part of it. */
export async function faults(page: Page, within?: string) {
  return found(new AxeBuilder({ page }), within);
}

/** What the rules find that another theme, language or size may break. */
export async function faultsOfLook(page: Page, within?: string) {
  return found(new AxeBuilder({ page }).withRules(BY_LOOK), within);
}
