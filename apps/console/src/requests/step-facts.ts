import type { RequestStep } from '../api/request-contract';
import type { Speaking } from '../words/language';
import type { DeskWords } from './desk-words';

/** What a step says, in words; a text stands by itself. */
export interface StepFact {
  readonly name: string;
  readonly text: string;
}

/** Codes, with the list of words that they are of. */
const CODES = {
  decision: 'decision',
  refusalGround: 'refusalGround',
  outcome: 'outcome',
  form: 'answerForm',
  answer: 'taskAnswer',
} as const;
/** What somebody wrote. */
const TEXTS = [
  'seen',
  'authority',
  'substitute',
  'reason',
  'note',
  'title',
  'task',
  'changed',
  'said',
  'proof',
  'formReason',
  'complaint',
] as const;

/** What a step recorded beside the fact that it was done. What was received stands on the page itself. */
export function stepFacts(
  { type, fields }: RequestStep,
  words: DeskWords,
  { w, instant, number }: Speaking,
): readonly StepFact[] {
  if (type === 'RequestReceived') return [];
  const f = w.requests.fields;
  const facts: StepFact[] = [];
  const text = (name: string): string | undefined =>
    typeof fields[name] === 'string' ? fields[name] : undefined;
  const add = (name: string, value: string | undefined): unknown =>
    value !== undefined && facts.push({ name, text: value });
  const account = (name: 'assigneeId' | 'deputyId' | 'ownerId'): unknown => {
    const id = text(name);
    return add(f[name], id && words.clerk(id));
  };
  const result = text('result');
  add(f.result, result === 'verified' || result === 'not-verified' ? w.requests.results[result] : undefined);
  const method = text('method');
  add(f.method, method && (w.terms.identityCheck as Readonly<Record<string, string>>)[method]);
  account('assigneeId');
  account('deputyId');
  add(f.system, text('system'));
  account('ownerId');
  for (const [name, list] of Object.entries(CODES) as [
    keyof typeof CODES,
    (typeof CODES)[keyof typeof CODES],
  ][]) {
    const code = text(name);
    add(f[name], code && words.of(list, code));
  }
  const under = text('deferredUnder');
  add(f.deferredUnder, under && words.document(under));
  const until = text('deferredUntil');
  add(f.deferredUntil, until && instant(until));
  if (typeof fields['amount'] === 'number') add(f.amount, w.requests.yen(number(fields['amount'])));
  const way = text('way');
  add(f.way, way && (w.requests.ways as Readonly<Record<string, string>>)[way]);
  for (const name of TEXTS) add(f[name], text(name));
  return facts;
}
