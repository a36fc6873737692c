import { readRoster, readFunnel, readMenus, readWhy } from '@enishi/projections/alumni-roster/query';
import { readAuditTrail } from '@enishi/projections/audit-trail/query';
import { readConsentHistory } from '@enishi/projections/consent-history/query';
import type { Pool } from 'pg';
import { explaining } from './explain';
import type { Ground } from './ground';
import type { People } from './people';
import { counted, lastPage, MODES, SEARCHES } from './roster';
import type { Result } from './result';

/** Tables whose size grows with the people, and their indexes. */
const LARGE = /^(person|consent|event)(_|$)/;

/** How PostgreSQL answers what is asked of the views, question by question. */
export async function plansBench(_ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  await counted(populated);
  const { room, purposes, programmeId, people: ids } = populated;
  const { pool, take } = explaining(room.pool, LARGE);
  const at = room.ledger.clock.now();
  const purposeId = purposes[0]!.purposeId;
  const question = { purposeId, channel: 'email', programmeId, at } as const;
  const alumnusId = ids[ids.length >> 1]!;
  const ends: Parameters<typeof readRoster>[1]['cursor'][] = [];
  for (const mode of MODES) ends.push(await lastPage(populated, mode));
  const questions: (readonly [string, (pool: Pool) => Promise<unknown>])[] = [
    ...MODES.flatMap((mode, index) => [
      [`roster, first page, ${mode}`, (db: Pool) => readRoster(db, { ...question, mode })] as const,
      [
        `roster, last page, ${mode}`,
        (db: Pool) => readRoster(db, { ...question, mode, cursor: ends[index]! }),
      ] as const,
    ]),
    ...SEARCHES.flatMap(([name, filters]) =>
      (['contactable', 'approachable'] as const).map(
        (mode) =>
          [
            `roster, search, ${name}, ${mode}`,
            (db: Pool) => readRoster(db, { ...question, mode, filters }),
          ] as const,
      ),
    ),
    ['why somebody may be contacted', (db) => readWhy(db, { ...question, alumnusId })],
    ['how many may be contacted', (db) => readFunnel(db, question)],
    ['departments and jobs', (db) => readMenus(db)],
    ['audit trail, newest', (db) => readAuditTrail(db, { direction: 'backwards' })],
    ['audit trail of a person', (db) => readAuditTrail(db, { alumnusId })],
    ['audit trail of a purpose, newest', (db) => readAuditTrail(db, { purposeId, direction: 'backwards' })],
    ['audit trail by recorded time', (db) => readAuditTrail(db, { until: at, direction: 'backwards' })],
    ['consent history of a person', (db) => readConsentHistory(db, { alumnusId })],
    ['consent history of a purpose', (db) => readConsentHistory(db, { purposeId })],
  ];
  const results: Result[] = [];
  for (const [line, ask] of questions) {
    // Once to warm, once to tell.
    await ask(pool);
    take();
    await ask(pool);
    const explained = take();
    const milliseconds = explained.reduce((sum, one) => sum + one.milliseconds, 0);
    const note = explained.map(({ scans }) => scans.join(', ')).join('; then ');
    results.push({ bench: 'plans', line, unit: 'ms', ours: milliseconds, note });
  }
  return results;
}
