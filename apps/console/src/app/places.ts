import type { Words } from '../words/words';
import type { Permission } from './account';
import type { IconName } from './icons';

/** A page in the rail. */
interface PlaceLink {
  readonly to: '/alumni' | '/alumni/import' | '/alumni/duplicates';
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
];
