import type { Output } from '../io';

/** Colours text, or leaves it as it is. */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

const asIs = (text: string): string => text;
const NONE: Palette = { strong: asIs, faint: asIs, good: asIs, warn: asIs, bad: asIs };
const code =
  (open: number, close: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;
const ANSI: Palette = {
  strong: code(1, 22),
  faint: code(2, 22),
  good: code(36, 39),
  warn: code(33, 39),
  bad: code(31, 39),
};

/**
 * Colours for an output: only on a terminal, and not where `--no-color`, `NO_COLOR` or a dumb terminal says no.
 *
 * @param wanted false after `--no-color`
 */
export function paletteOf(output: Output, env: NodeJS.ProcessEnv, wanted: boolean): Palette {
  const allowed = wanted && !env.NO_COLOR && env.TERM !== 'dumb';
  return allowed && output.isTTY === true ? ANSI : NONE;
}
