// Contexts and their pages are kept from test to test: a new one costs half a second, and
// compiles the module anew. Tests with the same options share one, and what a test leaves
// behind is taken back here, so that no spec has to.

import {
  test as base,
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Page,
  type PlaywrightTestOptions,
} from '@playwright/test';

/** What contexts differ in. */
type Kind = Pick<
  PlaywrightTestOptions,
  'viewport' | 'hasTouch' | 'isMobile' | 'deviceScaleFactor' | 'locale' | 'colorScheme' | 'contextOptions'
>;

class Kept {
  private constructor(
    private readonly kind: Kind,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async of(browser: Browser, kind: Kind) {
    const { contextOptions, ...options } = kind;
    const context = await browser.newContext({ ...contextOptions, ...options });
    const page = await context.newPage();
    return new Kept(kind, context, page, await context.newCDPSession(page));
  }

  /** Takes back what outlives a document: other pages, what was stored or allowed, the
   * history, where pointer and window are, what the system is said to prefer. */
  async reset(origin: string) {
    const { context, page, kind } = this;
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto('about:blank');
    await page.mouse.up();
    await page.mouse.move(0, 0);
    await context.clearPermissions();
    await this.session.send('Storage.clearDataForOrigin', {
      origin,
      storageTypes: 'cookies,local_storage,indexeddb,cache_storage,service_workers',
    });
    await this.session.send('Page.resetNavigationHistory');
    await page.emulateMedia({
      colorScheme: kind.colorScheme,
      reducedMotion: kind.contextOptions.reducedMotion ?? null,
    });
    if (kind.viewport) await page.setViewportSize(kind.viewport);
  }
}

type Options = {
  /** Whether a test has a context of its own: for what cannot be taken back, such as
   * another clock, and for what has to come from the host and not from the cache. */
  ownContext: boolean;
};

export const test = base.extend<Options & { browsing: Kept }, { kept: Map<string, Kept> }>({
  ownContext: [false, { option: true }],

  kept: [async ({}, use) => {
    const kept = new Map<string, Kept>();
    await use(kept);
    for (const { context } of kept.values()) await context.close();
  }, { scope: 'worker' }],

  browsing: async ({
    browser, kept, ownContext,
    viewport, hasTouch, isMobile, deviceScaleFactor, locale, colorScheme, contextOptions,
  }, use) => {
    const kind: Kind = {
      viewport, hasTouch, isMobile, deviceScaleFactor, locale, colorScheme, contextOptions,
    };
    const key = JSON.stringify(kind);
    const browsing = (!ownContext && kept.get(key)) || await Kept.of(browser, kind);
    if (!ownContext) kept.set(key, browsing);
    await use(browsing);
    if (ownContext) await browsing.context.close();
    else await browsing.reset(process.env.DESCENT_ORIGIN ?? '');
  },

  context: async ({ browsing }, use) => use(browsing.context),
  page: async ({ browsing }, use) => use(browsing.page),
});
