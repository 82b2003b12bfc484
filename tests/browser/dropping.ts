// Tables that a person drops on the page.

import type { Page } from '@playwright/test';

/** Drops a file, or a text where there is no name, on the page. */
export async function drop(page: Page, text: string, name?: string) {
  const transfer = await page.evaluateHandle(
    ([content, file]) => {
      const data = new DataTransfer();
      if (file) data.items.add(new File([content], file, { type: 'text/csv' }));
      else data.setData('text/plain', content);
      return data;
    },
    [text, name ?? ''] as const,
  );
  for (const kind of ['dragover', 'drop']) await page.dispatchEvent('#map', kind, { dataTransfer: transfer });
}

/** Drops a file of so many rows that is made on the page. */
export async function dropRows(page: Page, rows: number) {
  const transfer = await page.evaluateHandle((count) => {
    const lines = ['time,temperature,station'];
    for (let row = 0; row < count; row += 1) {
      const x = (row * 7919) % 1_000_003 / 1000;
      lines.push(`${x},${(3 * x + 2 + Math.sin(row)).toFixed(4)},${row % 2 ? 'north' : 'south'}`);
    }
    const data = new DataTransfer();
    data.items.add(new File([lines.join('\n')], 'long.csv'));
    return data;
  }, rows);
  await page.dispatchEvent('#map', 'drop', { dataTransfer: transfer });
}
