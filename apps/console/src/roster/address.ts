import type { ContactChannel, LeavingKind, RosterMode } from '../api/contract';

/** What the roster's address says. Opaque ids, codes and numbers only: never a name, never what was typed. */
export interface RosterAddress {
  readonly purpose?: string;
  readonly channel?: ContactChannel;
  readonly programme?: string;
  readonly mode?: RosterMode;
  /** Kinds of leaving, with commas between. */
  readonly leaving?: string;
  readonly eligible?: 'yes' | 'no';
  /** Years of service, at least and at most. */
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly leftFrom?: string;
  readonly leftTo?: string;
  /** Whose drawer is open, at which tab and event. */
  readonly person?: string;
  readonly tab?: PersonTab;
  readonly event?: string;
  /** The day as of whose end the roster is shown; absent: now. */
  readonly at?: string;
}

export type PersonTab = 'why' | 'record' | 'consent';

export const CHANNELS: readonly ContactChannel[] = ['email', 'phone', 'sms', 'post', 'line', 'sns'];
export const MODES: readonly RosterMode[] = ['contactable', 'approachable', 'excluded'];
export const LEAVING_KINDS: readonly LeavingKind[] = [
  'personal-reason',
  'contract-end',
  'retirement-age',
  'company-reason',
  'dismissal',
  'disciplinary-dismissal',
  'death',
  'other',
];
export const TABS: readonly PersonTab[] = ['why', 'record', 'consent'];

/** Reads an address; what is not of the right form is dropped. */
export function readRosterSearch(raw: Record<string, unknown>): RosterAddress {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const id = (value: unknown): string | undefined =>
    /^[\w-]{1,64}$/.test(text(value)) ? text(value) : undefined;
  const one = <V extends string>(value: unknown, of: readonly V[]): V | undefined =>
    of.find((known) => known === value);
  const day = (value: unknown): string | undefined =>
    /^\d{4}-\d{2}-\d{2}$/.test(text(value)) ? text(value) : undefined;
  const years = (value: unknown): number | undefined =>
    typeof value === 'number' && value >= 0 && value <= 99 ? value : undefined;
  const leaving = leavingKinds(text(raw['leaving'])).join(',');
  return present({
    purpose: id(raw['purpose']),
    channel: one(raw['channel'], CHANNELS),
    programme: id(raw['programme']),
    mode: one(raw['mode'], MODES),
    leaving: leaving === '' ? undefined : leaving,
    eligible: one(raw['eligible'], ['yes', 'no'] as const),
    atLeast: years(raw['atLeast']),
    atMost: years(raw['atMost']),
    leftFrom: day(raw['leftFrom']),
    leftTo: day(raw['leftTo']),
    person: id(raw['person']),
    tab: one(raw['tab'], TABS),
    event: id(raw['event']),
    at: day(raw['at']),
  });
}

/** The kinds of leaving an address names. */
export function leavingKinds(text: string | undefined): readonly LeavingKind[] {
  const words = (text ?? '').split(',');
  return LEAVING_KINDS.filter((kind) => words.includes(kind));
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined. */
export function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** What narrows the roster but must not stand in an address: what was typed, and names of departments and jobs. */
export interface TypedFilters {
  readonly text: string;
  readonly department: string;
  readonly job: string;
}
export const NOTHING_TYPED: TypedFilters = { text: '', department: '', job: '' };

/** Changes to the address; a member set to undefined is taken out. */
export type AddressChange = { readonly [K in keyof RosterAddress]?: RosterAddress[K] | undefined };

/** What taking away every filter changes. */
export const NO_FILTERS: AddressChange = {
  leaving: undefined,
  eligible: undefined,
  atLeast: undefined,
  atMost: undefined,
  leftFrom: undefined,
  leftTo: undefined,
};
