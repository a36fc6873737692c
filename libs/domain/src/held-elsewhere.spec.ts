import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { heldElsewhereDecider, type ConfirmDisposal, type RecordHeldElsewhere } from './held-elsewhere';
import type { LifecycleEvent } from './lifecycle';

const { given } = scenario(heldElsewhereDecider);
const said = {
  alumnusId: 'a1',
  entryId: 'x1',
  systemId: 's1',
  document: 'wage-ledger',
  anchors: { 'last-entry': '2024-03-31' },
} as const;
const record: RecordHeldElsewhere = { kind: 'RecordHeldElsewhere', ...said };
const recorded: Given<LifecycleEvent> = { type: 'HeldElsewhereRecorded', data: said };
const confirm: ConfirmDisposal = {
  kind: 'ConfirmDisposal',
  alumnusId: 'a1',
  entryId: 'x1',
  disposedOn: '2026-01-01',
  proof: '溶解証明書 第12号',
};
const { kind: _, ...confirmed } = confirm;
const disposed: Given<LifecycleEvent> = { type: 'DisposalConfirmed', data: confirmed };
const NOW = '2026-11-21T03:00:00.000Z';

it('notes a document of a system once; the same again changes nothing', () => {
  given()
    .when(record)
    .then([{ type: 'HeldElsewhereRecorded', data: said }]);
  given(recorded)
    .when({ ...record, entryId: 'x2' })
    .then([]);
});

it('corrects the days of an entry under its own id, and tells another by its label', () => {
  const anchors = { 'last-entry': '2024-03-31', 'pay-date': '2024-04-25' };
  given(recorded)
    .when({ ...record, entryId: 'x2', anchors })
    .then([{ type: 'HeldElsewhereRecorded', data: { ...said, anchors } }]);
  given(recorded)
    .when({ ...record, entryId: 'x2', label: '2023年度' })
    .then([{ type: 'HeldElsewhereRecorded', data: { ...said, entryId: 'x2', label: '2023年度' } }]);
});

it('refuses what Enishi holds itself, days that a period does not run from, and text that must not be there', () => {
  given()
    .when({ ...record, document: 'consent-evidence' })
    .then(refusal('document-held-here', { document: 'consent-evidence' }));
  given()
    .when({ ...record, anchors: { leaving: '2024-03-31' } })
    .then(refusal('anchor-not-of-document', { document: 'wage-ledger', anchor: 'leaving' }));
  given()
    .when({ ...record, owner: '123456789018' })
    .thenTypes('my-number');
});

it('is closed by a disposal with its proof, once; what comes back is another entry', () => {
  given(recorded)
    .when(confirm, NOW)
    .then([{ type: 'DisposalConfirmed', data: confirmed }]);
  given(recorded, disposed).when(confirm, NOW).then([]);
  given(recorded, disposed)
    .when({ ...confirm, disposedOn: '2026-01-02' }, NOW)
    .then(refusal('disposal-already-confirmed'));
  given(recorded, disposed)
    .when({ ...record, entryId: 'x2' }, NOW)
    .then([{ type: 'HeldElsewhereRecorded', data: { ...said, entryId: 'x2' } }]);
});

it('refuses a disposal of nothing, without proof, or on a day to come', () => {
  given().when(confirm, NOW).then(refusal('held-entry-unknown'));
  given(recorded)
    .when({ ...confirm, proof: ' ' }, NOW)
    .then(refusal('disposal-proof-missing'));
  given(recorded)
    .when({ ...confirm, disposedOn: '2026-11-22' }, NOW)
    .then(refusal('disposal-in-future'));
});

it('takes nothing more once the record of the person is being erased', () => {
  const erasing = (category: 'contact' | 'request-record'): Given<LifecycleEvent> => ({
    type: 'ErasureStarted',
    data: { alumnusId: 'a1', categories: [category] },
  });
  given(erasing('contact')).when(record).thenTypes('HeldElsewhereRecorded');
  given(recorded, erasing('request-record')).when(record).then(refusal('erasure-started'));
  given(recorded, erasing('request-record')).when(confirm, NOW).then(refusal('erasure-started'));
});
