import { waitingLetters, type WaitingLetter } from '@enishi/projections/audit-trail/query';
import type { WorkItem, WorkSource } from '../work-source';

const itemOf = ({ letterId, since }: WaitingLetter): WorkItem => ({ id: letterId, since });

/** Letters on paper that are written, and that nobody has posted. */
export const lettersToPost: WorkSource = {
  name: 'letters-to-post',
  title: { ja: '郵送する文書の印刷と発送', en: 'Letters to print and post' },
  wanted: 'work',
  permission: 'letters:write',
  people: true,
  command: 'enishi letter list',
  async read({ infrastructure: { pool } }) {
    return { items: (await waitingLetters(pool, 'to-post')).map(itemOf) };
  },
};

/** Letters that did not arrive: the address wants looking at. */
export const lettersNotDelivered: WorkSource = {
  name: 'letters-not-delivered',
  title: { ja: '届かなかった文書の宛先の確認', en: 'Letters that did not arrive' },
  wanted: 'work',
  permission: 'letters:write',
  people: true,
  command: 'enishi letter list',
  async read({ infrastructure: { pool } }) {
    return { items: (await waitingLetters(pool, 'not-delivered')).map(itemOf) };
  },
};
