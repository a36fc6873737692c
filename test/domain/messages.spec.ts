import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, reasonText, REASON_CODES, type Reason } from '@enishi/domain';
import { REASON_MESSAGES } from '../../libs/domain/src/reason-messages';
import { REFUSAL_MESSAGES } from '../../libs/domain/src/refusal-messages';

const folder = path.join(__dirname, '../../libs/domain/src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  .join('\n');

/** Codes written into calls of this function. */
function usedIn(call: string): readonly string[] {
  return [
    ...new Set(
      [...sources.matchAll(new RegExp(`\\b${call}\\(\\s*'([a-z-]+)'`, 'g'))].map((match) => match[1]!),
    ),
  ];
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

it.each([
  ['refuse', REFUSAL_MESSAGES],
  ['reason', REASON_MESSAGES],
])('every code given to %s() has a text', (call, messages) => {
  const used = usedIn(call);
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter((code) => !(code in messages))).toEqual([]);
});

it.each(Object.entries({ ...REFUSAL_MESSAGES, ...REASON_MESSAGES }))(
  '%s reads as a sentence in both languages',
  (_, text) => {
    expect(text.ja).toMatch(JAPANESE);
    expect(text.ja).toMatch(/。$/);
    expect(text.en).not.toMatch(JAPANESE);
    expect(text.en).toMatch(/^[A-Z].*\.$|^More.*\.$|^“\{field\}” .*\.$/);
    const placeholders = (one: string) =>
      [...one.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).toSorted();
    expect(new Set(placeholders(text.ja))).toEqual(new Set(placeholders(text.en)));
  },
);

it('fills parameters by the names that people use', () => {
  expect(messageOf('channel-not-in-purpose', 'ja', { channel: 'sms' })).toBe(
    'この利用目的では連絡手段「SMS」を使いません。',
  );
  expect(messageOf('day-invalid', 'en', { field: 'joinedOn' })).toBe(
    '“day of joining” is not a day that exists.',
  );
  expect(messageOf('version-unknown', 'en', { version: 3 })).toBe('There is no version 3.');
  expect(messageOf('not-a-code-of-ours', 'ja')).toBe('not-a-code-of-ours');
  expect(messageOf('constructor', 'en')).toBe('constructor');
});

it('lists the conditions that were not met', () => {
  const reason: Reason = {
    code: 'not-eligible',
    eventIds: [],
    params: { failed: [{ condition: { fact: 'service-months', atLeast: 36 }, negated: false }] },
  };
  expect(reasonText(reason, 'ja')).toBe('制度の対象者の要件を満たしていません。（勤続期間が3年以上）');
  expect(reasonText(reason, 'en')).toBe(
    'Not within the programme’s eligibility rule. (length of service at least 3 years)',
  );
  const unknown: Reason = { code: 'eligibility-unknown', eventIds: [], params: { missing: ['amicable'] } };
  expect(reasonText(unknown, 'ja')).toContain('（円満退職）');
});

it('has a text for every reason', () => {
  expect(Object.keys(REASON_MESSAGES).toSorted()).toEqual([...REASON_CODES].toSorted());
});
