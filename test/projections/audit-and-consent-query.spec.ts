import { parkedScopes, ViewParked } from '@enishi/projections/engine';
import { auditTrail } from '@enishi/projections/audit-trail/projection';
import { readAuditTrail, type AuditCursor, type AuditEntry } from '@enishi/projections/audit-trail/query';
import { consentHistory } from '@enishi/projections/consent-history/projection';
import {
  readConsentHistory,
  streamConsentHistory,
  type ConsentEntry,
} from '@enishi/projections/consent-history/query';
import * as fc from 'fast-check';
import type { PoolClient } from 'pg';
import { alumnusId, histories, purposeId } from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import type { MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

let views: ViewsDatabase;
let db: PoolClient;
let ledger: MemoryLedger;
beforeAll(async () => {
  views = await viewsDatabase('history');
  db = await views.pool.connect();
  const sampled = fc.sample(histories(600), { numRuns: 8, seed: 7 });
  ledger = sampled.toSorted((a, b) => b.records.length - a.records.length)[0]!;
  for (const projection of [auditTrail, consentHistory]) {
    await beginAnew(db, projection);
    await applyAll(db, projection, new PlainVault(), ledger.records, [100]);
  }
});
afterAll(async () => {
  db.release();
  await views.stop();
});

const ids = (rows: readonly { eventId: string }[]): readonly string[] => rows.map(({ eventId }) => eventId);
const about = (alumnus: string) => (record: MemoryLedger['records'][number]) =>
  record.data['alumnusId'] === alumnus;

test('the trail of a person has every event of all their streams, once and in order, page by page', async () => {
  const expected = ledger.records.filter(about(alumnusId(1))).map(({ id }) => id);
  expect(expected.length).toBeGreaterThan(20);
  for (const direction of ['forwards', 'backwards'] as const) {
    const all: AuditEntry[] = [];
    let cursor: AuditCursor | undefined;
    do {
      const page = await readAuditTrail(views.pool, {
        alumnusId: alumnusId(1),
        direction,
        limit: 7,
        ...(cursor ? { cursor } : {}),
      });
      all.push(...page.rows);
      cursor = page.next;
    } while (cursor);
    expect(ids(all)).toEqual(direction === 'forwards' ? expected : [...expected].reverse());
  }
});

test('the trail answers by purpose, actor, type and recorded time, and shows clear fields only', async () => {
  const purpose = await readAuditTrail(views.pool, { purposeId: purposeId(1), limit: 500 });
  expect(ids(purpose.rows)).toEqual(
    ledger.records.filter((record) => record.data['purposeId'] === purposeId(1)).map(({ id }) => id),
  );
  const [some] = purpose.rows;
  const byActor = await readAuditTrail(views.pool, {
    actor: some!.actor,
    types: ['ConsentGranted'],
    limit: 500,
  });
  expect(new Set(byActor.rows.map(({ actor, type }) => `${actor} ${type}`)).size).toBe(1);
  const from = ledger.records[50]!.recordedAt;
  const until = ledger.records[60]!.recordedAt;
  expect(ids((await readAuditTrail(views.pool, { from, until })).rows)).toEqual(
    ledger.records.filter(({ recordedAt }) => recordedAt >= from && recordedAt < until).map(({ id }) => id),
  );
  const { rows } = await db.query<{ event: string }>('SELECT e::text AS event FROM audit_trail.event e');
  expect(rows.map(({ event }) => event).join('\n')).not.toMatch(/example\.jp|髙橋|evidence of|sealed/);
});

test('the consent history of a person and purpose tells times, evidence and what was struck out', async () => {
  const all: ConsentEntry[] = [];
  for await (const page of streamConsentHistory(views.pool, { limit: 7 })) all.push(...page);
  const consents = ledger.records.filter(({ type }) => type.startsWith('Consent'));
  expect(ids(all)).toEqual(consents.map(({ id }) => id));

  const one = await readConsentHistory(views.pool, {
    alumnusId: alumnusId(2),
    purposeId: purposeId(0),
    limit: 500,
  });
  expect(ids(one.rows)).toEqual(
    consents
      .filter(about(alumnusId(2)))
      .filter((record) => record.data['purposeId'] === purposeId(0))
      .map(({ id }) => id),
  );
  const voided = all.filter(({ voidedBy }) => voidedBy);
  expect(voided.length).toBeGreaterThan(0);
  for (const { voidedBy, eventId } of voided) {
    expect(all.find((entry) => entry.eventId === voidedBy)).toMatchObject({
      kind: 'invalidated',
      aboutEventId: eventId,
    });
  }
  const granted = all.filter(({ kind }) => kind === 'granted');
  expect(new Set(granted.map(({ hasEvidence }) => hasEvidence))).toEqual(new Set([true, false]));
  const late = granted.find(({ effectiveAt, recordedAt }) => effectiveAt < recordedAt);
  expect(late).toBeDefined();
});

test('a history with a gap is refused', async () => {
  await db.query(
    `INSERT INTO views.parked VALUES ('consent-history', 'serving', 'alumnus', $1, 1, 'e', 'c')`,
    [alumnusId(3)],
  );
  expect(await parkedScopes(db, 'consent-history')).toHaveLength(1);
  await expect(readConsentHistory(views.pool, {})).rejects.toBeInstanceOf(ViewParked);
  await expect(readConsentHistory(views.pool, { alumnusId: alumnusId(3) })).rejects.toBeInstanceOf(
    ViewParked,
  );
  await readConsentHistory(views.pool, { alumnusId: alumnusId(1) });
  await readAuditTrail(views.pool, {});
});
