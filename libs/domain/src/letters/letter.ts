import type { Decider, Deciding, Fact, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import type { CompanyParty, ContactPoint, IssuedText, LetterAddress, LetterText } from '../shapes';
import type { Language } from '../terms';
import { textsFault } from '../texts';
import { tokyoDay } from '../time';
import { valuesFault } from './compose';
import type { LetterKind, LetterMeans, NumberingYear, UndeliveredGround } from './kinds';
import { numberingYear } from './numbering';
import type { LetterValues } from './placeholders';

/** Whose key seals a letter: the person's it is to, or the request's it answers, which need not be about a known person. */
export type LetterSubject = { readonly alumnusId: string } | { readonly requestId: string };

/** Has a letter written to somebody. */
export interface LetterOrder {
  readonly letterId: string;
  readonly letter: LetterKind;
  readonly about: LetterSubject;
  readonly language: Language;
  readonly means: LetterMeans;
  readonly to: LetterAddress;
  /** As the kind wants them, see `valuesWanted`. */
  readonly values: LetterValues;
}

export interface OrderLetter extends LetterOrder {
  readonly kind: 'OrderLetter';
  readonly numberedBy: NumberingYear;
}

/** What a policy orders: the letter gets its number and its text. */
export interface WriteLetter {
  readonly kind: 'WriteLetter';
  readonly letterId: string;
}

/** Gives a letter its number and its exact text. */
export interface IssueLetter {
  readonly kind: 'IssueLetter';
  readonly text: IssuedText;
  /** Of the template; 0 is the built-in one. */
  readonly version: number;
  /** SHA-256 (hex) of {@link exactText}. */
  readonly textHash: string;
}

/** Notes that a letter has left: the mail server has taken it, or somebody has posted it. */
export interface NoteSent {
  readonly kind: 'NoteSent';
  readonly means: LetterMeans;
}

/** Notes that a letter has not arrived. */
export interface NoteNotDelivered {
  readonly kind: 'NoteNotDelivered';
  readonly ground: UndeliveredGround;
}

export type LetterCommand = OrderLetter | IssueLetter | NoteSent | NoteNotDelivered;

type Ordered = 'LetterOrdered' | 'RequestLetterOrdered';
type Issued = 'LetterIssued' | 'RequestLetterIssued';
export type LetterEvent = Ordered | Issued | 'LetterSent' | 'LetterNotDelivered';

export const LETTER_STANDINGS = ['ordered', 'issued', 'sent', 'not-delivered'] as const;
export type LetterStanding = (typeof LETTER_STANDINGS)[number];

export interface LetterState {
  readonly standing?: LetterStanding;
  readonly order?: Fact<Ordered>;
  readonly issued?: Fact<Issued>;
  /** The last of its kind, where there is one. */
  readonly sent?: Fact<'LetterSent'>;
  readonly notDelivered?: Fact<'LetterNotDelivered'>;
}

/** Rules of a stream `letter-<letterId>`. */
export const letterDecider: Decider<LetterCommand, LetterState, LetterEvent> = {
  initial: {},

  decide(command, state, context) {
    if (command.kind === 'OrderLetter') return order(command, state, context);
    if (state.order === undefined) return refuse('letter-unknown');
    switch (command.kind) {
      case 'IssueLetter':
        return state.issued === undefined ? issue(command, state.order) : [];
      case 'NoteSent':
        return sent(command, state);
      case 'NoteNotDelivered':
        return notDelivered(command, state);
    }
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'LetterOrdered':
      case 'RequestLetterOrdered':
        return { ...state, order: fact, standing: 'ordered' };
      case 'LetterIssued':
      case 'RequestLetterIssued':
        return { ...state, issued: fact, standing: 'issued' };
      case 'LetterSent':
        return { ...state, sent: fact, standing: 'sent' };
      case 'LetterNotDelivered':
        return { ...state, notDelivered: fact, standing: 'not-delivered' };
    }
  },
};

type Decision = readonly NewEvent<LetterEvent>[] | Refusal;

function order(command: OrderLetter, state: LetterState, { decidedAt }: Deciding): Decision {
  if (state.order !== undefined) return [];
  const { letterId, letter, about, language, means, to, values } = command;
  const missing = means === 'email' ? to.email : to.postalAddress;
  if (to.name.trim() === '' || missing === undefined || missing.trim() === '')
    return refuse('letter-address-missing', { means });
  const fault =
    valuesFault(letter, values) ??
    textsFault({ 'letter.to': to.name, postalAddress: to.postalAddress, 'letter.body': values });
  if (fault !== undefined) return fault;
  const year = numberingYear(tokyoDay(decidedAt), command.numberedBy);
  const data = { letterId, letter, language, means, year, to, values };
  return 'alumnusId' in about
    ? [{ type: 'LetterOrdered', data: { ...data, ...about } }]
    : [{ type: 'RequestLetterOrdered', data: { ...data, ...about } }];
}

function issue({ text, version, textHash }: IssueLetter, ordered: Fact<Ordered>): Decision {
  const { letterId, letter, means } = ordered.data;
  const { documentNumber } = text;
  const data = { letterId, letter, means, documentNumber, version, text, textHash };
  return ordered.type === 'LetterOrdered'
    ? [{ type: 'LetterIssued', data: { ...data, alumnusId: ordered.data.alumnusId } }]
    : [{ type: 'RequestLetterIssued', data: { ...data, requestId: ordered.data.requestId } }];
}

/** Once is enough: what is sent again goes out under the same number. */
function sent({ means }: NoteSent, { order: ordered, issued, sent: before }: LetterState): Decision {
  if (issued === undefined) return refuse('letter-not-issued');
  if (ordered!.data.means !== means) return refuse('letter-means', { means: ordered!.data.means });
  if (before !== undefined) return [];
  return [{ type: 'LetterSent', data: { ...subjectOf(ordered!), means } }];
}

function notDelivered({ ground }: NoteNotDelivered, state: LetterState): Decision {
  if (state.issued === undefined) return refuse('letter-not-issued');
  // Only what has left can come back.
  if (ground === 'returned' && state.sent === undefined) return refuse('letter-not-sent');
  if (state.standing === 'not-delivered') return [];
  return [{ type: 'LetterNotDelivered', data: { ...subjectOf(state.order!), ground } }];
}

/** What every event of a letter names, so that the history of a person or of a request has it. */
function subjectOf({ type, data }: Fact<Ordered>) {
  const { letterId, letter } = data;
  return type === 'LetterOrdered'
    ? { letterId, letter, alumnusId: data.alumnusId }
    : { letterId, letter, requestId: data.requestId };
}

/**
 * A letter as one text: what is mailed, and what its hash is of. Its form is fixed; a changed one would leave letters that
 * were sent without their proof.
 */
export function exactText({ documentNumber, date, addressee, sender, subject, body }: IssuedText): string {
  return `${[documentNumber, date, '', addressee, '', ...sender, '', subject, '', body].join('\n')}\n`;
}

/**
 * A letter's parts, each where an office in Japan has it.
 * @param frame.date as it is written
 */
export function issuedText(
  { subject, body }: LetterText,
  frame: {
    readonly documentNumber: string;
    readonly date: string;
    readonly to: string;
    readonly language: Language;
    readonly party: CompanyParty;
    readonly contactPoint?: ContactPoint;
  },
): IssuedText {
  const { documentNumber, date, to, language, party, contactPoint } = frame;
  const sender = [
    party.name[language],
    contactPoint?.name[language],
    contactPoint?.address?.[language] ?? party.address[language],
    contactPoint?.email ?? party.email,
    contactPoint?.phone ?? party.phone,
  ];
  return {
    documentNumber,
    date,
    addressee: language === 'ja' ? `${to} 様` : to,
    sender: sender.flatMap((line) => (line === undefined || line === '' ? [] : [line])),
    subject,
    body,
  };
}
