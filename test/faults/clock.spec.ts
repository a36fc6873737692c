import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { consentStream, runImport, systemContext, type Ledger } from '@enishi/application/ledger';
import { proposeMapping, recognise } from '@enishi/intake';
import { readWhy } from '@enishi/projections/alumni-roster/person-query';
import { dropVersion } from '@enishi/projections/engine';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { Desk, peopleOf, type PublishedPurpose } from '../bench/desk';
import { dump } from '../projections/support/laws';
import { caughtUp, following, openSmallLedger, type SmallLedger } from './small-ledger';

jest.setTimeout(120_000);

const FILE =
  '社員番号,氏,名,入社年月日,退職年月日,個人メールアドレス\r\nL-1,閏野,日子,2020/04/01,2028/02/29,leap@example.jp\r\n';
const VIEWS = [
  'alumni-roster',
  'as-of-facts',
  'audit-trail',
  'consent-history',
  'leaves',
  'purpose-catalogue',
  'request-register',
  'retention-calendar',
];

describe('a clock that jumps around a leap day', () => {
  let small: SmallLedger;
  let room: Infrastructure;
  let ledger: Ledger;
  let purpose: PublishedPurpose;
  let now = '2028-02-20T00:00:00.000Z';
  let person = '';

  beforeAll(async () => {
    small = await openSmallLedger('clock');
    ({ room } = small);
    ledger = { ...room.ledger, clock: { now: () => now } };
    [purpose] = (await new Desk(ledger).publishPurposes()) as [PublishedPurpose];
  });
  afterAll(() => small.stop());

  /** Takes the file over at this instant. @returns how many were registered, and how many had not left yet */
  async function importAt(instant: string): Promise<readonly [registered: number, employed: number]> {
    now = instant;
    const { staging, jobs } = room;
    const importId = randomUUID();
    const file = Buffer.from(FILE);
    const staged = await staging.write(importId, Readable.from([file]), file.length);
    const recognition = recognise(file);
    if (!recognition.ok) throw new Error(recognition.code);
    const { mapping, columns } = proposeMapping(recognition.headers, recognition.myNumberColumns);
    const options = { freeText: false, dateOrder: 'ymd', source: 'hr' } as const;
    const actor = 'system:clock';
    await jobs.create({ importId, recognition, columns, mapping, options, actor, ...staged });
    await jobs.move(importId, ['staged'], 'running');
    const { signal } = new AbortController();
    const job = (await jobs.find(importId))!;
    await runImport({ ledger, jobs, staging, signal }, job, systemContext('clock'), false);
    const { registered, notLeavers } = (await jobs.find(importId))!.counts;
    return [registered, notLeavers];
  }

  it('imports whoever has left by the day it is in Tokyo, once', async () => {
    // A millisecond before the leap day in Tokyo; a day later; two days back; the day after.
    expect(await importAt('2028-02-28T14:59:59.999Z')).toEqual([0, 1]);
    expect(await importAt('2028-02-28T15:00:00.000Z')).toEqual([1, 0]);
    expect(await importAt('2028-02-27T15:00:00.000Z')).toEqual([0, 1]);
    expect(await importAt('2028-02-29T15:00:00.000Z')).toEqual([0, 0]);
    const people = await peopleOf(ledger);
    expect(people).toHaveLength(1);
    person = people[0]!;
  });

  it('keeps the decisions of a stream in order, and takes the time as it is elsewhere', async () => {
    const desk = new Desk(ledger);
    now = '2028-02-28T03:00:00.000Z';
    await desk.request(person, purpose);
    now = '2028-02-29T03:00:00.000Z';
    await desk.grant(person, purpose);
    now = '2028-02-28T03:00:00.000Z';
    await desk.withdraw(person, purpose);
    await desk.grant(person, purpose);
    const other = randomUUID();
    await desk.request(other, purpose);
    const times = async (alumnusId: string) =>
      (await room.store.readStream(consentStream(alumnusId, purpose.purposeId))).map(
        ({ metadata }) => metadata['decidedAt'],
      );
    expect(await times(person)).toEqual([
      '2028-02-28T03:00:00.000Z',
      '2028-02-29T03:00:00.000Z',
      '2028-02-29T03:00:00.001Z',
      '2028-02-29T03:00:00.002Z',
    ]);
    expect(await times(other)).toEqual(['2028-02-28T03:00:00.000Z']);
  });

  it('ends a consent of the leap day on the last day of a February without one, to the millisecond', async () => {
    await following(room, room.store, () => caughtUp(room));
    const { expiresAt } = (await room.store.readStream(consentStream(person, purpose.purposeId))).at(
      -1,
    )!.data;
    expect(expiresAt).toMatch(/^20(30|31)-02-28T/);
    const just = (milliseconds: number) =>
      new Date(Date.parse(String(expiresAt)) + milliseconds).toISOString();
    const ask = async (at: string) =>
      (await readWhy(room.pool, { alumnusId: person, purposeId: purpose.purposeId, channel: 'email', at }))
        .contact;
    expect(await ask('2028-02-29T03:00:00.002Z')).toMatchObject({ answer: 'yes' });
    expect(await ask(just(-1))).toMatchObject({ answer: 'yes' });
    expect(await ask(just(0))).toMatchObject({ answer: 'no' });
  });

  it('shows in every view what a build from nothing shows', async () => {
    const rows = async () => Promise.all(VIEWS.map((name) => dump(room.pool, { name })));
    const stood = await rows();
    const db = await room.pool.connect();
    for (const view of VIEWS) await dropVersion(db, view, 'serving');
    db.release();
    await following(room, room.store, () => caughtUp(room));
    expect(await rows()).toEqual(stood);
  });
});
