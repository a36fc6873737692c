import { countIncomplete, readProposals } from '@enishi/projections/alumni-roster/query';
import type { WorkSource } from '../work-source';

/** Consents without the text shown or without proof: they carry nothing until compliance has looked at them (GL 2-16). */
export const evidenceToApprove: WorkSource = {
  name: 'evidence-to-approve',
  title: { ja: '証跡の不足する同意の確認', en: 'Consents with incomplete evidence to look at' },
  wanted: 'approval',
  permission: 'imports:approve',
  people: true,
  page: '/alumni/import',
  command: 'enishi import list',
  async read({ infrastructure: { pool } }) {
    return countIncomplete(pool);
  },
};

/** Records that look as if they were about one person. */
export const duplicatesToJudge: WorkSource = {
  name: 'duplicates-to-judge',
  title: { ja: '同じ人と思われる記録の確認', en: 'Records that may be about the same person' },
  wanted: 'work',
  permission: 'duplicates:link',
  people: true,
  page: '/alumni/duplicates',
  command: 'enishi duplicates list',
  async read({ infrastructure: { pool } }) {
    const { total } = await readProposals(pool, 1);
    return { count: total };
  },
};
