import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}

interface Animated {
  readonly effect: { getComputedTiming(): { readonly endTime: number } } | null;
  readonly finished: Promise<unknown>;
}
interface Window {
  readonly axe: { run(context: unknown, options: object): Promise<{ readonly violations: Finding[] }> };
  readonly document: { getAnimations(): readonly Animated[] };
  requestAnimationFrame(then: () => void): void;
}

/** Once nothing fades in any more: a colour half way would be judged. Two frames later the last ones have begun. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const window = globalThis as unknown as Window;
    const frame = () => new Promise<void>((resolve) => window.requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = window.document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
}

/** Fails on any violation of WCAG 2.2 AA or of axe's good practice, in the state the page is in. */
export async function expectAccessible(page: Page): Promise<void> {
  await still(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe, document } = globalThis as unknown as Window;
    // Every rule is asked; what it does not find fault with is not described, which is most of the work.
    return (await axe.run(document, { resultTypes: ['violations'] })).violations;
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
}

/** The same in both languages; an open dialog keeps the switch out of reach, as it should. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  if ((await page.getByRole('dialog').count()) > 0) return expectAccessible(page);
  for (const language of ['English', '日本語']) {
    await page.getByRole('button', { name: language, exact: true }).click();
    await expectAccessible(page);
  }
}
