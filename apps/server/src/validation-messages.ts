import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { Bilingual } from '@enishi/domain';

/** What a rule was declared with: the longest length, the values of a list. */
type Limits = readonly unknown[];

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

/** Codes of class-validator, the most telling first: of a field that breaks several rules, one is told. */
const MESSAGES: readonly (readonly [code: string, text: (limits: Limits) => Bilingual])[] = [
  ['whitelistValidation', () => ({ ja: 'この項目は受け付けていません。', en: 'Is not known here.' })],
  ['isDefined', () => ({ ja: '必ず指定してください。', en: 'Is required.' })],
  ['isObject', () => ({ ja: 'オブジェクトで指定してください。', en: 'Must be an object.' })],
  ['isArray', () => ({ ja: '配列で指定してください。', en: 'Must be a list.' })],
  ['arrayNotEmpty', () => ({ ja: '1 つ以上指定してください。', en: 'Must name at least one.' })],
  [
    'arrayMaxSize',
    ([most]) => ({ ja: `${shown(most)} 個までです。`, en: `May have ${shown(most)} entries.` }),
  ],
  [
    'isDay',
    () => ({
      ja: '1900年から2200年までの、実在する日付を YYYY-MM-DD の形式で指定してください。',
      en: 'Must be a day that exists, of 1900 to 2200, as YYYY-MM-DD.',
    }),
  ],
  ['isBoolean', () => ({ ja: 'true か false で指定してください。', en: 'Must be true or false.' })],
  ['isInt', () => ({ ja: '整数で指定してください。', en: 'Must be a whole number.' })],
  ['isDate', () => ({ ja: '日時で指定してください。', en: 'Must be a date and time.' })],
  ['isUuid', () => ({ ja: 'ID（UUID）を指定してください。', en: 'Must be an id (a UUID).' })],
  ['isEmail', () => ({ ja: 'メールアドレスを指定してください。', en: 'Must be an e-mail address.' })],
  ['isUrl', () => ({ ja: 'URL を指定してください。', en: 'Must be a web address.' })],
  [
    'isIn',
    ([values]) => ({
      ja: `次のいずれかを指定してください: ${shown(values)}。`,
      en: `Must be one of: ${shown(values)}.`,
    }),
  ],
  ['isString', () => ({ ja: '文字列で指定してください。', en: 'Must be text.' })],
  ['isNotEmpty', () => ({ ja: '空にはできません。', en: 'Must not be empty.' })],
  [
    'maxLength',
    ([most]) => ({ ja: `${shown(most)} 文字以内です。`, en: `May have ${shown(most)} characters at most.` }),
  ],
  [
    'isLength',
    ([least, most]) => ({
      ja: `${shown(least)} 文字以上 ${shown(most)} 文字以内です。`,
      en: `Must have ${shown(least)} to ${shown(most)} characters.`,
    }),
  ],
  [
    'min',
    ([least]) => ({ ja: `${shown(least)} 以上を指定してください。`, en: `Must be ${shown(least)} or more.` }),
  ],
  [
    'max',
    ([most]) => ({ ja: `${shown(most)} 以下を指定してください。`, en: `Must be ${shown(most)} or less.` }),
  ],
  ['matches', () => ({ ja: '形式が正しくありません。', en: 'Does not have the form that is wanted.' })],
];

/** The one rule that is told of a field, and its words. */
export interface Told {
  readonly code: string;
  readonly messages: Bilingual;
}

/** What is told of a field that breaks rules; a rule declared with a text of its own (`context`) is told by that. */
export function toldOf(error: ValidationError): Told {
  const { constraints = {}, contexts = {} } = error;
  const isMissing = error.value === undefined && constraints['whitelistValidation'] === undefined;
  const known = MESSAGES.find(([one]) => (isMissing ? one === 'isDefined' : one in constraints));
  const code = known?.[0] ?? Object.keys(constraints)[0] ?? 'not-valid';
  const own = isMissing ? undefined : (contexts as Readonly<Record<string, Bilingual>>)[code];
  const messages = own ?? known?.[1](limitsOf(error, code));
  return { code, messages: messages ?? { ja: '値が正しくありません。', en: 'Is not valid.' } };
}

/** What the rule was declared with, where its class is known. */
function limitsOf({ target, property }: ValidationError, code: string): Limits {
  if (target === undefined) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return (
    rules.find(({ propertyName, name }) => propertyName === property && name === code)?.constraints ?? []
  );
}
