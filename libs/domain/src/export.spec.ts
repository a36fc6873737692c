import * as fc from 'fast-check';
import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { expiryOf, exportDecider, isOpen, type ExportCommand, type ExportEvent } from './export';
import { fold, Refusal } from './kernel';

const { given } = scenario(exportDecider);
const conditions = { content: 'consents', level: 'masked', format: 'csv' } as const;
const of = { exportId: 'x' };
const ask = { kind: 'RequestExport', ...of, staffId: 'asker', conditions, reason: '監査' } as const;
const approve = { kind: 'ApproveExport', staffId: 'approver' } as const;
const refuse = { kind: 'RefuseExport', staffId: 'approver', reason: '広すぎる' } as const;
const start = { kind: 'StartExport' } as const;
const totals = { lines: 3, people: 2, bytes: 90, fileHash: 'ab'.repeat(32) };
const complete = { kind: 'CompleteExport', ...totals, checkpoint: 7 } as const;
const handOver = { kind: 'HandOverExport', staffId: 'asker', recipient: '監査法人' } as const;
const purge = { kind: 'PurgeExport', ground: 'ordered' } as const;
const expire = { kind: 'ExpireExport' } as const;
const chunk = (number: number) =>
  ({ kind: 'RecordChunk', number, alumnusIds: ['a'], eventIds: ['e'] }) as const;

const requested: Given<ExportEvent> = {
  type: 'ExportRequested',
  data: { ...of, staffId: 'asker', ...conditions, reason: '監査' },
};
const approved: Given<ExportEvent> = { type: 'ExportApproved', data: { ...of, staffId: 'approver' } };
const refused: Given<ExportEvent> = {
  type: 'ExportRefused',
  data: { ...of, staffId: 'approver', reason: '広すぎる' },
};
const started: Given<ExportEvent> = { type: 'ExportStarted', data: of };
const recorded = (number: number): Given<ExportEvent> => ({
  type: 'ExportChunkRecorded',
  data: { ...of, number, alumnusIds: ['a'], eventIds: ['e'] },
});
const completed: Given<ExportEvent> = {
  type: 'ExportCompleted',
  data: { ...of, staffId: 'asker', chunks: 1, ...totals, checkpoint: 7 },
};
const handedOver: Given<ExportEvent> = {
  type: 'ExportHandedOver',
  data: { ...of, staffId: 'asker', recipient: '監査法人' },
};
const purged: Given<ExportEvent> = { type: 'ExportPurged', data: { ...of, ground: 'ordered' } };
const made = [requested, approved, started, recorded(0), completed] as const;

describe('an export with personal data', () => {
  it('is asked for with conditions and a reason', () => {
    given()
      .when(ask)
      .then([{ type: 'ExportRequested', data: requested.data as never }]);
    given(requested).when(ask).then([]);
    given()
      .when({ ...ask, reason: ' ' })
      .then(refusal('reason-required'));
    given()
      .when({ ...ask, reason: '123456789018' })
      .then(refusal('my-number', { field: 'reason' }));
  });

  it.each([
    [{ content: 'trail', kind: 'granted' }, 'kind'],
    [{ format: 'xlsx', encoding: 'cp932' }, 'encoding'],
    [{ format: 'csv', language: 'ja' }, 'language'],
  ] as const)('with conditions that fit: %j', (wrong, field) => {
    given()
      .when({ ...ask, conditions: { ...conditions, ...wrong } })
      .then(refusal('export-condition-unfit', { field }));
  });

  it('with a period that is one', () => {
    const period = { from: '2026-02-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' };
    given()
      .when({ ...ask, conditions: { ...conditions, ...period } })
      .then(refusal('period-empty'));
  });

  it('is approved or refused once, by somebody else', () => {
    given(requested)
      .when(approve)
      .then([{ type: 'ExportApproved', data: { ...of, staffId: 'approver' } }]);
    given(requested).when(refuse).thenTypes('ExportRefused');
    for (const command of [approve, refuse]) {
      given(requested)
        .when({ ...command, staffId: 'asker' })
        .then(refusal('export-own-request'));
    }
    given(requested, approved).when(approve).then([]);
    given(requested, refused).when(refuse).then([]);
    given(requested, approved)
      .when({ ...approve, staffId: 'third' })
      .then(refusal('export-standing', { standing: 'approved' }));
    given(requested, refused)
      .when(approve)
      .then(refusal('export-standing', { standing: 'refused' }));
    given().when(approve).then(refusal('export-unknown'));
    given(requested)
      .when({ ...refuse, reason: '' })
      .then(refusal('reason-required'));
  });

  it('is started once, and only when approved', () => {
    given(requested, approved).when(start).thenTypes('ExportStarted');
    given(requested, approved, started).when(start).then([]);
    given(requested)
      .when(start)
      .then(refusal('export-standing', { standing: 'requested' }));
    given(requested, refused)
      .when(start)
      .then(refusal('export-standing', { standing: 'refused' }));
  });

  it('records its chunks in order, each once, however often making it is begun', () => {
    given(requested, approved, started).when(chunk(0)).thenTypes('ExportChunkRecorded');
    given(requested, approved, started, recorded(0)).when(chunk(0)).then([]);
    given(requested, approved, started, recorded(0)).when(chunk(1)).thenTypes('ExportChunkRecorded');
    given(requested, approved, started).when(chunk(1)).thenTypes('export-standing');
    given(...made)
      .when(chunk(1))
      .then(refusal('export-standing', { standing: 'made' }));
  });

  it('is completed with its totals, and handed over to somebody by name', () => {
    given(requested, approved, started, recorded(0))
      .when(complete)
      .then([{ type: 'ExportCompleted', data: completed.data as never }]);
    given(...made)
      .when(complete)
      .then([]);
    given(...made)
      .when(handOver)
      .then([{ type: 'ExportHandedOver', data: handedOver.data as never }]);
    given(...made)
      .when({ ...handOver, recipient: ' ' })
      .then(refusal('recipient-required'));
    given(...made, handedOver)
      .when(handOver)
      .then(refusal('export-standing', { standing: 'handed-over' }));
  });

  it('is deleted at any time until it has ended, and then not made any more', () => {
    const ways: readonly (readonly Given<ExportEvent>[])[] = [
      [requested],
      [requested, approved],
      [requested, approved, started],
      made,
      [...made, handedOver],
    ];
    for (const way of ways)
      given(...way)
        .when(purge)
        .then([{ type: 'ExportPurged', data: purged.data as never }]);
    given(requested, purged).when(purge).then([]);
    given(requested, refused)
      .when(purge)
      .then(refusal('export-standing', { standing: 'refused' }));
    given(requested, approved, started, purged).when(chunk(0)).thenTypes('export-standing');
    given(requested, approved, started, purged).when(complete).thenTypes('export-standing');
  });

  it('expires two weeks after its last step, at the end of a day in Asia/Tokyo', () => {
    const at = { ...requested, decidedAt: '2026-01-01T03:00:00.000Z' };
    expect(expiryOf(fold(exportDecider, facts([at])))).toBe('2026-01-15T15:00:00.000Z');
    given(at).when(expire, '2026-01-15T14:59:59.999Z').then(refusal('export-not-due'));
    given(at)
      .when(expire, '2026-01-15T15:00:00.000Z')
      .then([{ type: 'ExportExpired', data: of }]);
    given(requested, purged).when(expire, '2027-01-01T00:00:00.000Z').then([]);
  });
});

it('nothing is ever made of what its asker approved, or nobody', () => {
  const commands: readonly ExportCommand[] = [
    ask,
    approve,
    { ...approve, staffId: 'asker' },
    refuse,
    start,
    chunk(0),
    chunk(1),
    complete,
    handOver,
    purge,
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 30 }), (orders) => {
      const history: Given<ExportEvent>[] = [];
      for (const command of orders) {
        const past = facts(history);
        const decision = exportDecider.decide(command, fold(exportDecider, past), {
          decidedAt: '2026-01-02T00:00:00.000Z',
        });
        if (!(decision instanceof Refusal)) history.push(...(decision as Given<ExportEvent>[]));
      }
      const types = history.map(({ type }) => type);
      const place = (type: string) => types.indexOf(type as never);
      const approval = history.find(({ type }) => type === 'ExportApproved');
      if (types.includes('ExportStarted')) {
        expect(approval?.data).toMatchObject({ staffId: 'approver' });
        expect(place('ExportApproved')).toBeLessThan(place('ExportStarted'));
      }
      if (types.includes('ExportHandedOver')) expect(place('ExportCompleted')).toBeGreaterThan(0);
      // Nothing comes after an end.
      const end = types.findIndex((type) => type === 'ExportPurged' || type === 'ExportRefused');
      if (end >= 0) expect(types).toHaveLength(end + 1);
      expect(new Set(types.filter((type) => type !== 'ExportChunkRecorded')).size).toBe(
        types.filter((type) => type !== 'ExportChunkRecorded').length,
      );
      expect(isOpen(fold(exportDecider, facts(history)))).toBe(types.length > 0 && end < 0);
    }),
  );
});
