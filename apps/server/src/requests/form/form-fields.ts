import {
  ANSWER_FORMS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_LAW,
  REQUEST_PARTIES,
  textsFault,
  type AnswerForm,
  type RequestGround,
  type RequestKind,
  type RequestParty,
} from '@enishi/domain';

/** Fields of the form with the most characters that each may have. */
export const FORM_FIELDS = {
  kind: 40,
  ground: 40,
  requester: 200,
  aboutThem: 1000,
  asked: 5000,
  party: 40,
  agent: 500,
  answerForm: 40,
  answerTo: 500,
  /** Drawn when the form was shown: sent twice, it is one request. */
  form: 40,
} as const;
export type FormField = keyof typeof FORM_FIELDS;

/** What somebody has filled in; empty where nothing. */
export type FormValues = Readonly<Record<FormField, string>>;

/** What is wrong with a field. */
export type FormFault =
  'missing' | 'too-long' | 'not-offered' | 'not-fitting' | 'my-number' | 'control-character';

/** A request as the form states it. */
interface StatedRequest {
  readonly kind: RequestKind;
  readonly ground?: RequestGround;
  readonly party: RequestParty;
  readonly answerForm: AnswerForm;
  readonly requester: string;
  readonly asked: string;
  readonly answerTo: string;
  readonly aboutThem?: string;
  readonly agent?: string;
}

/** The fields of a form that was sent; what it does not know it leaves out. */
export function valuesOf(body: unknown): FormValues {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const valueOf = (field: string): string => {
    const value = Object.hasOwn(sent, field) ? sent[field] : '';
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
  };
  return Object.fromEntries(Object.keys(FORM_FIELDS).map((field) => [field, valueOf(field)])) as FormValues;
}

/** Faults by field, in the order of the form; none where it can be taken in. */
export function faultsOf(values: FormValues): ReadonlyMap<FormField, FormFault> {
  const faults = new Map<FormField, FormFault>();
  for (const field of Object.keys(FORM_FIELDS) as FormField[]) {
    const fault = faultOf(field, values);
    if (fault !== undefined) faults.set(field, fault);
  }
  return faults;
}

/** @param values without faults */
export function statedRequest(values: FormValues): StatedRequest {
  const { kind, ground, party, agent, answerForm, requester, asked, answerTo, aboutThem } = values;
  return {
    kind: kind as RequestKind,
    ...(ground !== '' && { ground: ground as RequestGround }),
    party: party as RequestParty,
    answerForm: answerForm as AnswerForm,
    ...{ requester, asked, answerTo },
    ...(aboutThem !== '' && { aboutThem }),
    ...(agent !== '' && { agent }),
  };
}

const NEEDED: readonly FormField[] = ['kind', 'requester', 'asked', 'party', 'answerForm', 'answerTo'];
const OFFERED: Readonly<Partial<Record<FormField, readonly string[]>>> = {
  kind: REQUEST_KINDS,
  ground: REQUEST_GROUNDS,
  party: REQUEST_PARTIES,
  answerForm: ANSWER_FORMS,
};

function faultOf(field: FormField, values: FormValues): FormFault | undefined {
  const value = values[field];
  if (value === '') return needed(field, values) ? 'missing' : undefined;
  if (value.length > FORM_FIELDS[field]) return 'too-long';
  if (OFFERED[field]?.includes(value) === false) return 'not-offered';
  if (field === 'ground' && !groundsFor(values).includes(value)) return 'not-fitting';
  if (field === 'agent' && values.party === 'person') return 'not-fitting';
  const code = textsFault({ [field]: value })?.code;
  return code === 'my-number' || code === 'control-character' ? code : undefined;
}

function needed(field: FormField, values: FormValues): boolean {
  if (field === 'ground') return groundsFor(values).length > 0;
  if (field === 'agent') return values.party !== '' && values.party !== 'person';
  return NEEDED.includes(field);
}

function groundsFor({ kind }: FormValues): readonly string[] {
  return Object.hasOwn(REQUEST_LAW, kind) ? REQUEST_LAW[kind as RequestKind].grounds : [];
}
