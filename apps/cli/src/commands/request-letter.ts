import { LANGUAGES, LETTER_MEANS, REPLIES } from '@enishi/domain';
import { readText } from '../input';
import { present } from '../members';
import { choice, day, option, required } from '../options';
import { requestStep } from './request-steps';

interface LetterOptions {
  readonly as: string;
  readonly means: string;
  readonly language?: string;
  readonly name?: string;
  readonly email?: string;
  readonly address?: string;
  readonly needed?: string;
  readonly by?: string;
  readonly notDone?: string;
  readonly formReason?: string;
}

/** Has whoever asks answered by a letter. */
export const requestLetter = requestStep<LetterOptions>(
  {
    usage: 'letter <request>',
    summary:
      'have a letter written to whoever asks; one that tells the decision has told the person when it leaves',
    examples: [
      'request letter 9c1e3f2a --as request-received --means post',
      'request letter 9c1e3f2a --as identity-needed --means email --needed 運転免許証の提示 --by 2026-12-11',
      'request letter 9c1e3f2a --as request-decided-refused --means post',
    ],
    notes:
      'What it says comes from the request: its kind, the decision with its reason, what was changed. It goes where the person wants the answer, unless an address is given.\nBy post it waits to be printed: `letter pdf`, then `letter posted`.',
    options: [
      required(choice('--as <letter>', 'which letter', REPLIES)),
      required(choice('--means <means>', 'how it goes', LETTER_MEANS)),
      choice('--language <language>', 'in which language (default: that of the request)', LANGUAGES),
      option('--name <name>', 'to whom (default: the person; to be given where another asks for them)'),
      option('--email <address>', 'e-mail address (default: where the answer is wanted)'),
      option('--address <text>', 'postal address (default: where the answer is wanted)'),
      option('--needed <text>', 'of identity-needed: what is to be shown (- for standard input)'),
      day('--by <day>', 'of identity-needed: by when'),
      option('--not-done <text>', 'of a decision in part: what is not done (- for standard input)'),
      option('--form-reason <text>', 'why not in the form that was asked for'),
    ],
  },
  { ja: '文書の作成を指示しました', en: 'The letter is being written' },
  async ({ session: { io } }, { as, address, needed, notDone, ...rest }) => ({
    path: '/letters',
    body: present({
      ...rest,
      letter: as,
      postalAddress: address,
      needed: needed === undefined ? undefined : await readText(io, needed),
      notDone: notDone === undefined ? undefined : await readText(io, notDone),
    }),
  }),
);
