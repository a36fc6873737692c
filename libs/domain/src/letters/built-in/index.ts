import type { LetterContent } from '../../shapes';
import type { TemplateKind } from '../kinds';
import { DECISIONS } from './decisions';
import { NOTICES } from './notices';
import { PROCEDURES } from './procedures';

/** The texts that come with the program, in both languages. The company may put its own in their place. */
export const BUILT_IN: Readonly<Record<TemplateKind, LetterContent>> = {
  ...NOTICES,
  ...PROCEDURES,
  ...DECISIONS,
};
