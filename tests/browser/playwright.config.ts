// The page as it is deployed, in real Chromium: `cargo xtask test browser` builds
// it and calls this. No test waits for a time: each waits for a state of the page, and the
// times below are only how long a page that never comes to it is waited for.
//
//   DESCENT_CHROMIUM    the browser's program; Playwright's own where it is not set
//   DESCENT_DIST        the folder of the page, `dist` by default
//   DESCENT_TRAJECTORY  the program of examples/trajectory; built where not set

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  // Measured alone, by `figures.config.ts`.
  testIgnore: 'figures*.spec.ts',
  outputDir: '../../test-results',
  globalSetup: './server.mjs',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // A page that does not start at all fails every test, each after its patience.
  maxFailures: 10,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    locale: 'en-US',
    colorScheme: 'light',
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.DESCENT_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
