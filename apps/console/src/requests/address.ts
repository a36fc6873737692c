import { REQUEST_STANDINGS, type RequestStanding } from '../api/request-contract';
import { present } from '../roster/address';

export const REQUEST_STATES = ['open', ...REQUEST_STANDINGS, 'all'] as const;
export type RequestsState = 'open' | 'all' | RequestStanding;
export const DUE_WITHIN = ['over', 'today', 'week'] as const;
export type DueWithin = (typeof DUE_WITHIN)[number];

/** What the address of the desk says: codes and opaque ids only. */
export interface RequestsAddress {
  /** How far they are; all that are open, where it is left out. */
  readonly state?: RequestsState;
  readonly kind?: string;
  /** An account. */
  readonly assignee?: string;
  readonly due?: DueWithin;
}

/** Changes to the address; a member set to undefined is taken out. */
export type AddressChange = { readonly [K in keyof RequestsAddress]?: RequestsAddress[K] | undefined };

/** What taking away every filter changes. */
export const NO_FILTERS: AddressChange = {
  state: undefined,
  kind: undefined,
  assignee: undefined,
  due: undefined,
};

/** Reads an address; what is not of the right form is dropped. */
export function readRequestsSearch(raw: Readonly<Record<string, unknown>>): RequestsAddress {
  const state = REQUEST_STATES.find((one) => one === raw['state']);
  const code = (value: unknown): string | undefined =>
    typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
  return present({
    state: state === 'open' ? undefined : state,
    kind: code(raw['kind']),
    assignee: code(raw['assignee']),
    due: DUE_WITHIN.find((one) => one === raw['due']),
  });
}

export const REQUEST_TABS = ['request', 'tasks', 'letters', 'notes'] as const;
export type RequestTab = (typeof REQUEST_TABS)[number];

/** What the address of one request says beside its id. */
export interface RequestAddress {
  readonly tab?: RequestTab;
}

/** Reads the address of one request. */
export function readRequestSearch(raw: Readonly<Record<string, unknown>>): RequestAddress {
  const tab = REQUEST_TABS.find((one) => one === raw['tab']);
  return tab === undefined || tab === 'request' ? {} : { tab };
}
