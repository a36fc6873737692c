import type { Category } from '@enishi/domain';

/**
 * How what a store holds of somebody ends. `none`: there is nothing about alumni. `ids`: nothing but opaque ids, which stay
 * or go by age. `key`: it is sealed under the person's key, and says nothing once that is destroyed. `view`: the engine of the
 * views removes it by `ErasureStarted`, in every version. `purger`: a purger removes it while an erasure is carried out.
 * `age`: it goes by its age, at the latest after `keptDays`.
 */
export const STORE_ENDS = ['none', 'ids', 'key', 'view', 'purger', 'age'] as const;
export type StoreEnd = (typeof STORE_ENDS)[number];

/** A place outside the ledger's streams where something of somebody may be. */
export interface HoldingStore {
  /** A table as `schema.name`, or the first part of a path in the data folder as `home/name`. A `*` stands for any ending. */
  readonly place: string;
  readonly holds: string;
  readonly categories: readonly Category[];
  readonly ends: StoreEnd;
  readonly keptDays?: number;
}

const PERSON: readonly Category[] = ['programme', 'contact'];
const none = (place: string, holds: string): HoldingStore => ({ place, holds, categories: [], ends: 'none' });
const ids = (place: string, holds: string, keptDays?: number): HoldingStore => ({
  place,
  holds,
  categories: [],
  ends: 'ids',
  ...(keptDays !== undefined && { keptDays }),
});
const view = (place: string, holds: string, categories = PERSON): HoldingStore => ({
  place,
  holds,
  categories,
  ends: 'view',
});

/**
 * Every table, and every folder of the data folder: what of whom it holds, and how that ends. One that is not here fails
 * test/e2e/erasures.spec.ts.
 */
export const HOLDING_STORES: readonly HoldingStore[] = [
  {
    place: 'ledger.events',
    holds: 'every event; what is personal is sealed',
    categories: ['programme', 'contact', 'profile', 'leaving-detail', 'consent-evidence', 'request-record'],
    ends: 'key',
  },
  none('ledger.append_lock', 'one row, to be locked'),
  none('ledger.schema_version', 'the version of the tables'),

  ids('vault.keys', 'wrapped keys by subject; tombstones of destroyed ones stay'),
  ids('vault.identities', 'HMAC of source and employee number, with the alumnus id'),
  {
    place: 'vault.resealed',
    holds: 'what stayed of sealed groups when items of them were erased, sealed under the person’s next key',
    categories: ['programme', 'contact', 'leaving-detail'],
    ends: 'key',
  },
  none('vault.ledger', 'the wrapped secret of the ledger'),
  none('vault.epochs', 'epochs and their states'),
  none('vault.closings', 'the number of the last closing'),
  none('vault.processes', 'processes that seal'),
  none('vault.signing_key', 'keys that sign checkpoints'),
  none('vault.migrations', 'the version of the tables'),

  view('alumni_roster.person', 'name, kana, employments, contact, and what is searched and sorted by'),
  view('alumni_roster.consent', 'the reading by which a list is ordered', ['programme']),
  ids('alumni_roster.consent_fact', 'what was answered, without words'),
  ids('alumni_roster.link', 'pairs of records'),
  ids('alumni_roster.linked_record', 'groups of records'),
  view('as_of_facts.person_fact', 'what was known of people, fact by fact'),
  view('as_of_facts.subject', 'the reading by which a list is ordered', ['programme']),
  ids('as_of_facts.link_fact', 'pairs of records'),
  ids('request_register.request', 'how far requests are: kinds, days, accounts, whom they are about'),
  ids('request_register.request_fact', 'the clear fields of their events'),
  ids('audit_trail.event', 'clear fields of events'),
  ids('audit_trail.included', 'whom an export or a plan names'),
  ids('consent_history.consent_event', 'clear fields of answers'),
  none('*.purpose_fact', 'purposes'),
  none('*.programme_fact', 'programmes'),
  none('purpose_catalogue.ledger', 'the ledger’s own ids'),
  none('purpose_catalogue.company_statement', 'what the company states about itself'),
  none('purpose_catalogue.officer', 'the responsible officer: name, title, work contact'),
  ids('retention_calendar.retained_person', 'what happened to their data, in clear'),
  ids('retention_calendar.holding', 'of which categories something is held'),
  ids('retention_calendar.ground', 'why it stays'),
  ids('retention_calendar.hold', 'holds that stand, without their reason'),
  view('retention_calendar.held_elsewhere', 'days that periods run from, labels, owners', ['request-record']),
  none('retention_calendar.system', 'the inventory: systems and who is responsible for them'),
  none('leaves.*', 'hashes of events'),
  none('views.projection', 'how far each view is'),
  ids('views.parked', 'people whose events a view could not apply'),

  none('app.ledger', 'the ledger’s own ids'),
  ids('app.linked_pairs', 'pairs of records'),
  ids('app.idempotency_answers', 'answers to commands: ids, codes, HMACs of the orders', 30),
  none('app.imports', 'files under way: headings, mapping, counts'),
  none('app.import_problems', 'lines, fields and codes of what was wrong'),
  none('app.import_scans', 'HMACs of names of files'),
  ids('app.import_undos', 'imports that were undone'),
  ids('app.import_undo_left', 'what stays of them'),
  none('app.import_mappings', 'headings of files'),
  ids('app.open_exports', 'exports that have not ended'),
  ids('app.open_erasures', 'plans that are carried out'),
  none('app.tree_*', 'hashes of events'),
  none('app.checkpoints', 'signed heads of the tree'),
  none('app.published_checkpoints', 'signed heads of the tree'),
  none('app.key_changes', 'keys that signed'),
  none('app.cosignatures', 'what witnesses signed'),
  none('app.checkpoint_receivers', 'who is handed checkpoints'),
  none('app.checkpoint_timestamps', 'what a time-stamping authority signed'),
  ids('app.policies', 'how far policies are'),
  ids('app.policy_alarms', 'events that wait for their day'),
  ids('app.policy_parked', 'what a policy could not do'),
  ids('app.outbox', 'letters to be sent: neither address nor text'),
  none('app.clock', 'the latest time that was believed'),

  none('access.accounts', 'staff and machines'),
  none('access.grants', 'what they may do'),
  none('access.tokens', 'hashes of tokens'),
  none('access.sessions', 'hashes of sessions; the name of staff is sealed'),
  none('access.sign_ins', 'sign-ins under way'),
  none('access.settings', 'how long the access log is kept'),
  none('access.reviews', 'reviews of accounts'),
  ids('access.reads*', 'who read what of whom, and the reason in their words; its own retention ends it'),
  none('access.migrations', 'the version of the tables'),

  {
    place: 'home/staging',
    holds: 'uploads under way, sealed under a key of the ledger',
    categories: ['programme', 'contact', 'leaving-detail', 'consent-evidence'],
    ends: 'age',
    keptDays: 1,
  },
  {
    place: 'home/exports',
    holds: 'files with personal data, sealed under a key of the ledger',
    categories: ['programme', 'contact', 'consent-evidence'],
    ends: 'purger',
  },
  {
    place: 'home/artefacts',
    holds: 'scans and mails, sealed under the person’s key',
    categories: ['consent-evidence', 'request-record'],
    ends: 'key',
  },
  ids('home/epochs', 'wrapped epoch keys, the lists of destroyed keys and of blocked identities, marks'),
  none('home/keys', 'the master key, in development'),
  none('home/token', 'the token of the command line, in development'),
  {
    place: 'home/mail',
    holds: 'letters to people and notices to staff that went no further, in development',
    categories: ['contact', 'request-record'],
    ends: 'purger',
  },
  none('home/development-identity-provider.json', 'keys of the built-in identity provider'),
  ids('home/cli-position', 'ids that the command line printed lately'),
  {
    place: 'home/postgres*',
    holds: 'the tables above, and what rows left behind on the disk',
    categories: PERSON,
    ends: 'view',
  },
];
