import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { importUndoDecider } from './import-undo';

const { given } = scenario(importUndoDecider);
const begun: Given<'LeaversImportStarted'> = {
  type: 'LeaversImportStarted',
  data: { importId: 'b1', fileTag: 't', layout: 'plain', freeText: false },
};
const start = { kind: 'StartUndo', importId: 'b1', staffId: 's1', reason: '別の会社の名簿だった' } as const;
const counts = { people: 3, hidden: 1, reverted: 1, left: 1 };

it('is noted with who ordered it and why', () => {
  const { kind: _, ...data } = start;
  given(begun)
    .when(start)
    .then([{ type: 'ImportUndoStarted', data }]);
  given().when(start).then(refusal('import-brought-nothing'));
  given(begun)
    .when({ ...start, reason: ' ' })
    .then(refusal('reason-required'));
  given(begun)
    .when({ ...start, reason: '123456789018' })
    .then(refusal('my-number', { field: 'reason' }));
});

it('is noted with what it came to', () => {
  given(begun)
    .when({ kind: 'CompleteUndo', importId: 'b1', counts })
    .then([{ type: 'ImportUndone', data: { importId: 'b1', ...counts } }]);
});
