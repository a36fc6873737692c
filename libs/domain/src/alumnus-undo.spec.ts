import * as fc from 'fast-check';
import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { alumnusDecider } from './alumnus';
import { evolveAlumnus, unknownAlumnus, type AlumnusEvent, type AlumnusState } from './alumnus-state';
import { undoDecider, undoPlan, type UndoImport } from './alumnus-undo';
import type { TakeOverRow } from './alumnus-import';
import { Refusal } from './kernel';
import { personFacts } from './person';

const { given } = scenario(undoDecider);
const undo: UndoImport = { kind: 'UndoImport', importId: 'b2', recordedElsewhere: false };

const name = { family: '髙橋', given: '一郎' };
const employment = { joinedOn: '2012-04-01', leftOn: '2019-03-31', department: '開発部' };
const about = { alumnusId: 'a1', importId: 'b2' };
const registered = (batchId: string): Given<AlumnusEvent> => ({
  type: 'AlumnusRegistered',
  data: { alumnusId: 'a1', origin: 'import', name, email: 'first@example.jp', employment },
  batchId,
});
const mail = (email: string | null, batchId?: string): Given<AlumnusEvent> => ({
  type: 'AlumnusCorrected',
  data: { alumnusId: 'a1', email, changed: ['email'] },
  ...(batchId !== undefined && { batchId }),
});
const later = { joinedOn: '2021-04-01', leftOn: '2024-03-31' };
const added: Given<AlumnusEvent> = {
  type: 'EmploymentAdded',
  data: { alumnusId: 'a1', employment: later },
  batchId: 'b2',
};
const undone: Given<AlumnusEvent> = { type: 'RegistrationUndone', data: about };
const reverted: Given<AlumnusEvent> = {
  type: 'AlumnusReverted',
  data: { ...about, email: 'first@example.jp', changed: ['email'] },
};

describe('a person whom only the import knew', () => {
  it('is as if never registered', () => {
    given(registered('b2'), mail('second@example.jp', 'b2'), added)
      .when(undo)
      .then([{ type: 'RegistrationUndone', data: about }]);
    const known = facts([registered('b2'), undone]);
    expect(personFacts(known)).toBeUndefined();
    expect(personFacts(known, [], known[0]!.effectiveAt)).toMatchObject({ alumnusId: 'a1' });
  });

  it('stays where anybody else has recorded something about them', () => {
    given(registered('b2'), mail('by-hand@example.jp')).when(undo).then(refusal('known-from-elsewhere'));
    given(registered('b2'), mail('other@example.jp', 'b3')).when(undo).then(refusal('known-from-elsewhere'));
    given(registered('b2'))
      .when({ ...undo, recordedElsewhere: true })
      .then(refusal('recorded-since'));
  });

  it('is hidden once, and registered anew by a later import', () => {
    given(registered('b2'), undone).when(undo).then([]);
    given().when(undo).then([]);
    const row: TakeOverRow = { kind: 'TakeOverRow', alumnusId: 'a1', person: { name }, employment };
    scenario(alumnusDecider).given(registered('b2'), undone).when(row).thenTypes('AlumnusRegistered');
    const again = [registered('b2'), undone, registered('b3')];
    given(...again)
      .when(undo)
      .then([]);
    given(...again)
      .when({ ...undo, importId: 'b3' })
      .then([{ type: 'RegistrationUndone', data: { ...about, importId: 'b3' } }]);
    expect(facts(again).reduce(evolveAlumnus, unknownAlumnus).employments).toHaveLength(1);
  });
});

describe('what the import changed of a person known before', () => {
  it('stands as before', () => {
    given(registered('b1'), mail('second@example.jp', 'b2'))
      .when(undo)
      .then([{ type: 'AlumnusReverted', data: { ...about, email: 'first@example.jp', changed: ['email'] } }]);
    given(registered('b1'), added)
      .when(undo)
      .then([{ type: 'EmploymentRemoved', data: { ...about, index: 1, returnStands: false } }]);
    const corrected: Given<AlumnusEvent> = {
      type: 'EmploymentCorrected',
      data: { alumnusId: 'a1', index: 0, employment: { ...employment, department: '総務部' } },
      batchId: 'b2',
    };
    given(registered('b1'), corrected)
      .when(undo)
      .then([{ type: 'EmploymentReverted', data: { ...about, index: 0, employment, stated: true } }]);
  });

  it('stays what somebody has made of it since, and says so', () => {
    const since = facts([registered('b1'), mail('second@example.jp', 'b2'), mail('by-hand@example.jp')]);
    expect(undoPlan(since, 'b2', false)).toMatchObject({
      outcome: 'reverted',
      left: [{ code: 'changed-since', field: 'email' }],
    });
    // The next import is compared with what the first one stated; the hand's value stands.
    const types = undoPlan(since, 'b2', false).events.map(({ type }) => type);
    expect(types).toEqual(['AlumnusReverted', 'AlumnusCorrected']);
    given(registered('b1'), mail('second@example.jp', 'b2'), mail('third@example.jp', 'b3'))
      .when(undo)
      .then([{ type: 'AlumnusReverted', data: { ...about, changed: [] } }]);
  });

  it('is taken back once', () => {
    given(registered('b1'), mail('second@example.jp', 'b2'), reverted).when(undo).then([]);
  });

  it('lets a return to work stand again that the employment had ended', () => {
    const returned: Given<AlumnusEvent> = {
      type: 'AlumnusReturned',
      data: { alumnusId: 'a1', returnedOn: '2021-04-01' },
    };
    const known = [registered('b1'), returned, added];
    expect(personFacts(facts(known))?.returnedId).toBeUndefined();
    const removed = { ...about, index: 1, returnStands: true };
    given(...known)
      .when(undo)
      .then([{ type: 'EmploymentRemoved', data: removed }]);
    expect(personFacts(facts([...known, { type: 'EmploymentRemoved', data: removed }]))?.returnedId).toBe(
      'e2',
    );
  });
});

/** What the rules and the next import look at. */
const essence = ({ values, imported, employments, registeredId }: AlumnusState) => ({
  values,
  imported: Object.fromEntries(Object.entries(imported).filter(([, value]) => value !== null)),
  employments: employments.map((one) => one && { current: one.current, imported: one.imported }),
  registered: registeredId !== undefined,
});

type Step = readonly [what: number, value: number, who: number];

/** A history as deciders write it: rows of three imports and people's own corrections. */
function history(steps: readonly Step[]): Given<AlumnusEvent>[] {
  const given: Given<AlumnusEvent>[] = [];
  for (const [what, value, who] of steps) {
    const batchId = ['b1', 'b2', 'b3', undefined][who];
    const past = facts(given);
    const state = past.reduce(alumnusDecider.evolve, unknownAlumnus);
    const worked = { joinedOn: `${2001 + 5 * (what % 2)}-04-01`, leftOn: `${2003 + 5 * (what % 2)}-03-31` };
    const dated = { ...worked, ...(value % 2 ? { department: `部${value}` } : {}) };
    const person = { name: { family: `姓${value % 2}` }, email: value % 3 ? `${value}@example.jp` : null };
    const command =
      batchId === undefined
        ? ({ kind: 'CorrectAlumnus', patch: person } as const)
        : ({ kind: 'TakeOverRow', alumnusId: 'a1', person, employment: dated } as const);
    const decidedAt = '2026-01-10T00:00:00.000Z';
    const decision = alumnusDecider.decide(command, state, { decidedAt });
    if (decision instanceof Refusal) continue;
    const commandId = `row ${given.length}`;
    for (const event of decision)
      given.push({ ...event, ...(batchId && { batchId }), commandId } as Given<AlumnusEvent>);
  }
  return given;
}

const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(5), fc.nat(3)), { minLength: 1, maxLength: 12 });

it('leaves what the same facts come to without those of the import, one import after another', () => {
  fc.assert(
    fc.property(steps, fc.shuffledSubarray(['b1', 'b2', 'b3']), (some, imports) => {
      const given = history(some);
      const kept: string[] = [];
      for (const importId of imports) {
        const past = facts(given);
        const plan = undoPlan(past, importId, false);
        if (plan.outcome === 'untouched' && plan.left.some(({ code }) => code === 'known-from-elsewhere')) {
          kept.push(importId);
          continue;
        }
        given.push(
          ...plan.events.map((event) => ({ ...event, commandId: `undo ${importId}` }) as Given<AlumnusEvent>),
        );
        expect(undoPlan(facts(given), importId, false).events).toEqual([]);
        // Employments keep their places, so facts of the imports undone are blanked, not left out.
        const undoneNow = imports
          .slice(0, imports.indexOf(importId) + 1)
          .filter((one) => !kept.includes(one));
        const rest = facts(history(some)).flatMap((fact) => {
          if (!undoneNow.includes(fact.batchId ?? '')) return [fact];
          return fact.type === 'EmploymentAdded' ? [{ ...fact, data: { alumnusId: 'a1' } }] : [];
        });
        const wanted = essence(rest.reduce(evolveAlumnus, unknownAlumnus));
        const found = essence(facts(given).reduce(evolveAlumnus, unknownAlumnus));
        if (!wanted.registered) expect(found.registered).toBe(false);
        else expect(found).toEqual(wanted);
      }
    }),
    { numRuns: 500 },
  );
});
