import type { EventType } from './disclosure';
import { sameValue } from './equal';
import type { Day, Decider, Deciding, Fact, Instant, NewEvent, Refusal } from './kernel';
import { isEquivalentCountry } from './law/equivalent-countries';
import type {
  Assessment,
  Disposal,
  RecipientContact,
  RecipientContent,
  RecipientRole,
} from './recipient-terms';
import { refuse } from './refusals';
import { textsFault } from './texts';
import { tokyoDay } from './time';

/** What is said of a recipient and of its people. */
interface Described {
  readonly content: RecipientContent;
  /** Of a company, its representative's name: it belongs to the record of a provision (29). */
  readonly representative: string;
  readonly contact?: RecipientContact;
}

/** Enters a company that gets data, or will. */
export interface AddRecipient extends Described {
  readonly kind: 'AddRecipient';
  readonly recipientId: string;
  readonly code: string;
  readonly role: RecipientRole;
}

/** States anew all that is known of it. What it is to the company stays: another role is another entry. */
export interface ReviseRecipient extends Described {
  readonly kind: 'ReviseRecipient';
}

/** Records that it was looked at (25, 28(3)). */
export interface AssessRecipient {
  readonly kind: 'AssessRecipient';
  readonly staffId: string;
  readonly assessment: Assessment;
  readonly passed: boolean;
  readonly findings?: string;
  /** When; as recorded unless stated. */
  readonly effectiveAt?: Instant;
}

/** Nothing goes there any more, and what became of the data is known. */
export interface EndRecipient {
  readonly kind: 'EndRecipient';
  readonly staffId: string;
  readonly disposal: Disposal;
  /** Which certificate or letter says so. */
  readonly proof?: string;
  readonly effectiveAt?: Instant;
}

export type RecipientCommand = AddRecipient | ReviseRecipient | AssessRecipient | EndRecipient;

export type RecipientEvent = Extract<
  EventType,
  'RecipientAdded' | 'RecipientRevised' | 'RecipientAssessed' | 'RecipientEnded'
>;

/** An entry of the register, from its events in the order of the ledger. */
export interface RecipientState {
  readonly added?: Fact<'RecipientAdded'>;
  /** The latest version. */
  readonly entry?: Fact<'RecipientAdded' | 'RecipientRevised'>;
  readonly assessments: readonly Fact<'RecipientAssessed'>[];
  readonly ended?: Fact<'RecipientEnded'>;
}

type Decision = readonly NewEvent<RecipientEvent>[] | Refusal;

/** Rules of a stream `recipient-<id>`: who else gets the data (APPI 25, 27, 28). */
export const recipientDecider: Decider<RecipientCommand, RecipientState, RecipientEvent> = {
  initial: { assessments: [] },

  decide(command, state, context): Decision {
    if (command.kind === 'AddRecipient') return state.entry === undefined ? add(command, context) : [];
    if (state.entry === undefined) return refuse('recipient-unknown');
    if (command.kind === 'EndRecipient' && state.ended !== undefined) {
      return command.disposal === state.ended.data.disposal ? [] : refuse('recipient-ended');
    }
    if (state.ended !== undefined) return refuse('recipient-ended');
    switch (command.kind) {
      case 'ReviseRecipient':
        return revise(command, state.entry, context);
      case 'AssessRecipient':
        return assess(command, state, context);
      case 'EndRecipient':
        return end(command, state.entry, context);
    }
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'RecipientAdded':
        return { ...state, added: fact, entry: fact };
      case 'RecipientRevised':
        return { ...state, entry: fact };
      case 'RecipientAssessed':
        return { ...state, assessments: [...state.assessments, fact] };
      case 'RecipientEnded':
        return { ...state, ended: fact };
    }
  },
};

function add(command: AddRecipient, { decidedAt }: Deciding): Decision {
  const { recipientId, code, role } = command;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) return refuse('code-invalid');
  const fault = describedFault(command, role, tokyoDay(decidedAt));
  if (fault !== undefined) return fault;
  const data = { recipientId, staffId: recipientId, version: 1, code, role, ...describedOf(command) };
  return [{ type: 'RecipientAdded', data }];
}

function revise(
  command: ReviseRecipient,
  { data: known }: NonNullable<RecipientState['entry']>,
  { decidedAt }: Deciding,
): Decision {
  const same = (['content', 'representative', 'contact'] as const).every((part) =>
    sameValue(command[part], known[part]),
  );
  if (same) return [];
  const fault = describedFault(command, known.role, tokyoDay(decidedAt));
  if (fault !== undefined) return fault;
  const { recipientId, staffId, version, code, role } = known;
  const data = { recipientId, staffId, version: version + 1, code, role, ...describedOf(command) };
  return [{ type: 'RecipientRevised', data }];
}

function describedOf({ content, representative, contact }: Described): Described {
  return { content, representative, ...(contact !== undefined && { contact }) };
}

function describedFault(described: Described, role: RecipientRole, today: Day): Refusal | undefined {
  const { content, representative, contact } = described;
  if (representative.trim() === '') return refuse('representative-required');
  return (
    textsFault({ representative, contact }) ?? basisFault(content, today) ?? roleFault(content, role, today)
  );
}

/** Where the data goes, and by which basis of article 28. */
function basisFault({ country, basis, shown, measures }: RecipientContent, today: Day): Refusal | undefined {
  if ((country === 'JP') !== (basis === 'japan')) return refuse('transfer-basis-unfit');
  if (basis === 'equivalent-country' && !isEquivalentCountry(country, today)) {
    return refuse('country-not-equivalent');
  }
  if (basis === 'equivalent-measures' && measures === undefined) return refuse('measures-missing');
  return basis === 'consent' && shown === undefined ? refuse('foreign-information-missing') : undefined;
}

/** What must be there for a processor (25), and for joint use (27(5)(iii)). */
function roleFault(
  { contract, jointUse }: RecipientContent,
  role: RecipientRole,
  today: Day,
): Refusal | undefined {
  if (role === 'processor' && contract === undefined) return refuse('contract-missing');
  if (role === 'joint-user' && jointUse === undefined) return refuse('joint-use-not-published');
  if ((contract?.until ?? '9999') < (contract?.signedOn ?? '')) return refuse('contract-period-unfit');
  if ((jointUse?.publishedOn ?? '') > today) return refuse('day-in-future', { field: 'publishedOn' });
  return undefined;
}

function assess(
  { kind: _, effectiveAt, ...assessed }: AssessRecipient,
  { entry, assessments }: RecipientState,
  { decidedAt }: Deciding,
): Decision {
  const { recipientId, role, content } = entry!.data;
  const fits =
    assessed.assessment === 'equivalent-measures'
      ? content.basis === 'equivalent-measures'
      : role === 'processor';
  if (!fits) return refuse('assessment-unfit');
  if (effectiveAt !== undefined && effectiveAt > decidedAt) return refuse('effective-in-future');
  const unwanted = textsFault({ findings: assessed.findings });
  if (unwanted !== undefined) return unwanted;
  const data = { recipientId, ...assessed };
  const repeated = assessments.some((one) => sameValue(one.data, data) && one.effectiveAt === effectiveAt);
  return repeated ? [] : [{ type: 'RecipientAssessed', data, ...at(effectiveAt) }];
}

function end(
  { kind: _, effectiveAt, ...ended }: EndRecipient,
  { data: { recipientId, role } }: NonNullable<RecipientState['entry']>,
  { decidedAt }: Deciding,
): Decision {
  const { disposal, proof } = ended;
  if (disposal === 'not-due' ? role === 'processor' : (proof ?? '').trim() === '') {
    return refuse('disposal-not-confirmed');
  }
  if (effectiveAt !== undefined && effectiveAt > decidedAt) return refuse('effective-in-future');
  const data = { recipientId, ...ended };
  return textsFault({ proof }) ?? [{ type: 'RecipientEnded', data, ...at(effectiveAt) }];
}

function at(effectiveAt: Instant | undefined): { readonly effectiveAt?: Instant } {
  return effectiveAt === undefined ? {} : { effectiveAt };
}
