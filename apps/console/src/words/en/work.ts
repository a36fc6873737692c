import type { Words } from '../words';

/** The work list. */
export const work: Words['work'] = {
  title: 'To do today',
  whose: 'Whose work to show',
  for: { me: 'Mine', role: 'My roles', all: 'Everything' },
  forHint: {
    me: 'What you may do yourself: without what is given to others, and without approvals of what you asked for.',
    role: 'What people with your roles may do, whoever it is given to.',
    all: 'Everything that waits for anybody.',
  },
  groups: {
    overdue: 'Overdue',
    approval: 'Waiting for approval',
    work: 'To be done',
    repair: 'To be mended',
  },
  wanted: { approval: 'Approval or review', work: 'Work', repair: 'Repair' },
  count: (count) => (count === '1' ? '1 item' : `${count} items`),
  overdue: (count) => `${count} overdue`,
  since: (days) => (days === '0' ? 'since today' : days === '1' ? 'since yesterday' : `for ${days} days`),
  roles: (roles) => `For: ${roles}`,
  unavailable: 'Cannot be counted now',
  open: 'Open',
  openOf: (title) => `Open: ${title}`,
  byCommand: (command) => `Command: ${command}`,
  emptyTitle: 'Nothing is waiting',
  emptyText: {
    me: 'Everything that waited for you is done.',
    role: 'Everything that waited for people with your roles is done.',
    all: 'Everything that waited for anybody is done.',
  },
  emptyComes:
    'Requests by people, things to approve, letters to post and reviews that have come due will stand here, what is due first at the top.',
  toRequests: 'See requests by people',
};
