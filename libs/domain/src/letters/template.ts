import { sameValue } from '../equal';
import type { Decider, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import type { LetterContent, LetterText } from '../shapes';
import { LANGUAGES } from '../terms';
import { textsFault } from '../texts';
import { BUILT_IN } from './built-in';
import type { TemplateKind } from './kinds';
import { placeholdersOf } from './placeholders';

/** Puts the company's own words in the place of a text. */
export interface ReviseLetterTemplate {
  readonly kind: 'ReviseLetterTemplate';
  readonly letter: TemplateKind;
  readonly content: LetterContent;
  /** SHA-256 (hex) of each language's text, see {@link templateText}. */
  readonly hashJa: string;
  readonly hashEn: string;
}

/** Goes back to the text that comes with the program. */
export interface RevertLetterTemplate {
  readonly kind: 'RevertLetterTemplate';
  readonly letter: TemplateKind;
}

export type LetterTemplateCommand = ReviseLetterTemplate | RevertLetterTemplate;
export type LetterTemplateEvent = 'LetterTemplateRevised' | 'LetterTemplateReverted';

export interface LetterTemplateState {
  /** 0: nobody has changed anything yet. */
  readonly version: number;
  /** The company's own words; absent where the built-in text holds. */
  readonly content?: LetterContent;
}

/** Rules of a stream `letter-template-<kind>`. */
export const letterTemplateDecider: Decider<LetterTemplateCommand, LetterTemplateState, LetterTemplateEvent> =
  {
    initial: { version: 0 },

    decide(command, state) {
      const { letter } = command;
      const version = state.version + 1;
      if (command.kind === 'RevertLetterTemplate') {
        if (state.content === undefined) return [];
        return [{ type: 'LetterTemplateReverted', data: { letter, version } }];
      }
      const fault = templateFault(letter, command.content);
      if (fault !== undefined) return fault;
      if (sameValue(command.content, state.content ?? BUILT_IN[letter])) return [];
      const { content, hashJa, hashEn } = command;
      const data = { letter, version, content, hashJa, hashEn };
      return [{ type: 'LetterTemplateRevised', data } satisfies NewEvent];
    },

    evolve(_, { type, data }) {
      const { version } = data;
      return type === 'LetterTemplateRevised' ? { version, content: data.content } : { version };
    },
  };

/** The words in force: the company's own, else those that come with the program. */
export function contentInForce(kind: TemplateKind, { content }: LetterTemplateState): LetterContent {
  return content ?? BUILT_IN[kind];
}

/** The text of a template in one language as one, whose hash stands in the ledger. */
export function templateText({ subject, body }: LetterText): string {
  return `${subject}\n\n${body}`;
}

const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * What is wrong with a template: nothing in it, a placeholder that its kind does not have, a brace by itself, or none of
 * a value that the letter must state. Says where, and never repeats what was written.
 */
export function templateFault(kind: TemplateKind, content: LetterContent): Refusal | undefined {
  const known = placeholdersOf(kind);
  const allowed = Object.keys(known).join(', ');
  for (const language of LANGUAGES) {
    const text = content[language];
    for (const part of ['subject', 'body'] as const) {
      if (text[part].trim() === '') return refuse('letter-text-missing', { language, part });
      const lines = text[part].split('\n');
      for (const [index, line] of lines.entries()) {
        const where = { language, part, line: index + 1 };
        const names = [...line.matchAll(PLACEHOLDER)].map((match) => match[1]!);
        if (names.some((name) => !Object.hasOwn(known, name)))
          return refuse('letter-placeholder-unknown', { ...where, allowed });
        if (/[{}]/.test(line.replace(PLACEHOLDER, ''))) return refuse('letter-brace-alone', where);
      }
    }
    const unwanted = textsFault({ 'letter.subject': text.subject, 'letter.body': text.body });
    if (unwanted !== undefined) return unwanted;
    const used = new Set([...templateText(text).matchAll(PLACEHOLDER)].map((match) => match[1]!));
    for (const [placeholder, { mandatory }] of Object.entries(known)) {
      if (mandatory && !used.has(placeholder))
        return refuse('letter-placeholder-missing', { language, placeholder });
    }
  }
  return undefined;
}
