import { Refusal } from './kernel';
import { nameOf } from './names';
import { REASON_MESSAGES } from './reason-messages';
import { REFUSAL_MESSAGES } from './refusal-messages';
import type { Reason } from './reasons';
import type { Bilingual } from './shapes';
import type { Language } from './terms';
import { failedConditionText, factNameOf } from './eligibility-text';
import type { EligibilityFact, FailedCondition } from './eligibility';

/** Every code that a decider refuses with. */
export type RefusalCode = keyof typeof REFUSAL_MESSAGES;

type Params = Readonly<Record<string, unknown>>;

/** A refusal whose code is in the catalogue: one without a text in both languages does not compile. */
export function refuse(code: RefusalCode, details: Refusal['details'] = {}): Refusal {
  return new Refusal(code, details);
}

/**
 * What people read for a refusal or reason code. Codes that the domain does not know come back as they are.
 *
 * @example messageOf('channel-not-in-purpose', 'en', { channel: 'sms' })
 * // 'This purpose does not use the channel “text message (SMS)”.'
 */
export function messageOf(code: string, language: Language, params: Params = {}): string {
  const messages: Readonly<Record<string, Bilingual>> = { ...REASON_MESSAGES, ...REFUSAL_MESSAGES };
  const message = Object.hasOwn(messages, code) ? messages[code] : undefined;
  return message === undefined ? code : fill(message[language], params, language);
}

/** What people read for a reason why somebody may not be contacted, with each condition that is not met. */
export function reasonText({ code, params }: Reason, language: Language): string {
  const text = fill(REASON_MESSAGES[code][language], params, language);
  const parts = [
    ...listed<FailedCondition>(params['failed']).map((one) => failedConditionText(one, language)),
    ...listed<EligibilityFact>(params['missing']).map((fact) => factNameOf(fact, language)),
    // Of a linked record, why not there.
    ...listed<Reason>(params['there']).map((one) => withinBrackets(reasonText(one, language))),
  ];
  if (parts.length === 0) return text;
  return language === 'ja' ? `${text}（${parts.join('、')}）` : `${text} (${parts.join('; ')})`;
}

/** A sentence without its full stop. */
function withinBrackets(sentence: string): string {
  return sentence.replace(/[。.]$/, '');
}

function fill(template: string, params: Params, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) =>
    key === 'against'
      ? withinBrackets(messageOf(String(params[key]), language, params))
      : nameOf(key, params[key], language),
  );
}

function listed<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
