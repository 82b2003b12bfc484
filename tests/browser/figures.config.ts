// The page's figures: times, and ratios of times. One at a time and apart from the tests,
// since a neighbour on the other core would be measured, too.

import { defineConfig } from '@playwright/test';

import tests from './playwright.config';

export default defineConfig(tests, {
  testMatch: 'figures*.spec.ts',
  testIgnore: [],
  workers: 1,
  fullyParallel: false,
});
