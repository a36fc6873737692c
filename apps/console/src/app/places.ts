import type { Words } from '../words/words';
import type { Permission } from './account';
import type { IconName } from './icons';

/** A page in the rail. */
interface PlaceLink {
  readonly to:
    | '/alumni'
    | '/alumni/import'
    | '/alumni/duplicates'
    | '/governance/purposes'
    | '/governance'
    | '/governance/page'
    | '/governance/rules'
    | '/requests'
    | '/erasures'
    | '/retention'
    | '/holds'
    | '/audit/exports'
    | '/audit/accounts'
    | '/audit/log'
    | '/audit/proof';
  readonly word: keyof Words['shell']['pages'];
  readonly icon: IconName;
  /** Who may not is not shown it. */
  readonly may: Permission;
  /** Marked on its own address alone: other pages of the rail lie below it. */
  readonly exact?: true;
}

/** Places of the rail, each named by the job, with their pages in order. One without a page for somebody is not shown to them. */
export const PLACES: readonly {
  readonly place: keyof Words['shell']['places'];
  readonly links: readonly PlaceLink[];
}[] = [
  {
    place: 'alumni',
    links: [
      { to: '/alumni', word: 'roster', icon: 'people', may: 'alumni:read', exact: true },
      { to: '/alumni/import', word: 'import', icon: 'inbox', may: 'imports:read' },
      { to: '/alumni/duplicates', word: 'duplicates', icon: 'pair', may: 'duplicates:read' },
    ],
  },
  {
    place: 'consent',
    links: [
      { to: '/governance/purposes', word: 'purposes', icon: 'target', may: 'catalogue:read' },
      { to: '/governance', word: 'readiness', icon: 'check', may: 'governance:read', exact: true },
      { to: '/governance/page', word: 'publicPage', icon: 'page', may: 'governance:read' },
      { to: '/governance/rules', word: 'rules', icon: 'book', may: 'catalogue:read' },
    ],
  },
  {
    place: 'rights',
    links: [
      { to: '/requests', word: 'requests', icon: 'letter', may: 'requests:read' },
      { to: '/erasures', word: 'erasures', icon: 'lock', may: 'erasure:read' },
      { to: '/retention', word: 'retention', icon: 'calendar', may: 'retention:read' },
      { to: '/holds', word: 'holds', icon: 'hold', may: 'retention:read' },
    ],
  },
  {
    place: 'proof',
    links: [
      { to: '/audit/exports', word: 'exports', icon: 'export', may: 'exports:request' },
      { to: '/audit/accounts', word: 'accounts', icon: 'key', may: 'accounts:read' },
      { to: '/audit/log', word: 'log', icon: 'eye', may: 'audit:read' },
      { to: '/audit/proof', word: 'proof', icon: 'seal', may: 'audit:read' },
    ],
  },
];
