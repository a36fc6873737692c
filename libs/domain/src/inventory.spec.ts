import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { inventoryDecider, type AddSystem, type InventoryEvent, type ReviseSystem } from './inventory';

const { given } = scenario(inventoryDecider);
const entry = {
  systemKind: 'elsewhere',
  name: '給与システム',
  purpose: '給与計算',
  items: '氏名、給与',
  categories: [],
  documents: ['wage-ledger'],
  department: '人事部',
  access: '給与係',
  country: 'JP',
  disposal: '消去証明書による',
  responsible: '架空 花子',
} as const;
const add: AddSystem = { kind: 'AddSystem', systemId: 's1', code: 'payroll', staffId: 'f1', ...entry };
const added: Given<InventoryEvent> = {
  type: 'SystemAdded',
  data: { systemId: 's1', code: 'payroll', staffId: 'f1', ...entry },
};
const revise = (change: Partial<ReviseSystem>): ReviseSystem => ({
  kind: 'ReviseSystem',
  ...entry,
  ...change,
});
const retired: Given<InventoryEvent> = { type: 'SystemRetired', data: { systemId: 's1' } };

it('adds a system once, whole', () => {
  given()
    .when(add)
    .then([{ type: 'SystemAdded', data: added.data } as never]);
  given(added).when(add).then([]);
  given()
    .when({ ...add, disposal: ' ' })
    .then(refusal('system-field-missing', { field: 'disposal' }));
  given()
    .when({ ...add, items: '123456789018' })
    .thenTypes('my-number');
});

it('revises it: what is said again changes nothing, and the responsible account stays unless another is named', () => {
  given(added).when(revise({})).then([]);
  given(added)
    .when(revise({ department: '経理部' }))
    .then([
      { type: 'SystemRevised', data: { systemId: 's1', staffId: 'f1', ...entry, department: '経理部' } },
    ]);
  given(added)
    .when(revise({ staffId: 'f2' }))
    .thenTypes('SystemRevised');
  // Whose key is gone is stated anew.
  const { responsible: _, ...bare } = added.data as { readonly responsible: string };
  given({ type: 'SystemAdded', data: bare, erased: ['staff'] } as unknown as Given<InventoryEvent>)
    .when(revise({}))
    .thenTypes('SystemRevised');
});

it('retires it once, and then changes it no more', () => {
  const retire = { kind: 'RetireSystem' } as const;
  given(added)
    .when(retire)
    .then([{ type: 'SystemRetired', data: { systemId: 's1' } }]);
  given(added, retired).when(retire).then([]);
  given(added, retired)
    .when(revise({ department: '経理部' }))
    .then(refusal('system-retired'));
  given().when(retire).then(refusal('system-unknown'));
  given().when(revise({})).then(refusal('system-unknown'));
});
