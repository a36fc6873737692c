import type { PersonValues } from '@enishi/domain';
import * as fc from 'fast-check';
import { matchKeys } from './match-keys';
import { matchOf } from './match';

const HANAKO: PersonValues = {
  name: { family: '髙橋', given: '花子' },
  kana: { family: 'タカハシ', given: 'ハナコ' },
  birthDate: '1985-05-05',
};

it.each<[PersonValues, PersonValues, readonly string[]]>([
  // Another employee number: everything else is the same, whatever variant of a character was typed.
  [
    { ...HANAKO, employeeNumber: '1' },
    { ...HANAKO, employeeNumber: '2', name: { family: '高橋', given: '花子' } },
    ['birth-date-and-name', 'birth-date-and-kana'],
  ],
  // Only the reading agrees; half-width kana are the same reading.
  [
    HANAKO,
    { ...HANAKO, name: { family: '高端', given: '華子' }, kana: { family: 'ﾀｶﾊｼ', given: 'ﾊﾅｺ' } },
    ['birth-date-and-kana'],
  ],
  // Another family name, the former one known, by itself or as a whole name; or not known.
  [
    HANAKO,
    { ...HANAKO, name: { family: '佐藤', given: '花子' }, kana: { given: 'ハナコ' }, formerNames: ['高橋'] },
    ['birth-date-and-former-name'],
  ],
  [
    HANAKO,
    { name: { family: '佐藤', given: '花子' }, birthDate: '1985-05-05', formerNames: ['高橋 花子'] },
    ['birth-date-and-former-name'],
  ],
  [
    HANAKO,
    { ...HANAKO, name: { family: '佐藤', given: '花子' }, kana: { family: 'サトウ', given: 'ハナコ' } },
    ['birth-date-and-given-name'],
  ],
  // Addresses agree whatever the case; nothing else does.
  [{ ...HANAKO, email: 'H@example.jp' }, { email: 'h@Example.jp' }, ['email']],
  [{ phone: '+819012345678' }, { phone: '+819012345678' }, ['phone']],
  // A name without the day of birth, or on another day, says nothing.
  [HANAKO, { ...HANAKO, birthDate: '1985-05-06' }, []],
  [{ name: HANAKO.name! }, { name: HANAKO.name! }, []],
  [
    { name: { family: '森' }, birthDate: '1985-05-05' },
    { name: { family: '森' }, birthDate: '1985-05-05' },
    [],
  ],
  [{}, {}, []],
])('%j and %j', (one, other, grounds) => {
  expect(matchOf(one, other).grounds).toEqual(grounds);
  expect(matchOf(other, one)).toEqual(matchOf(one, other));
});

const text = fc.constantFrom('高橋', '髙橋', '花子', 'はなこ', 'ハナコ', 'ﾊﾅｺ', 'Ann');
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const person = fc
  .record({
    name: some(fc.record({ family: text, given: text })),
    kana: some(fc.record({ family: text, given: text })),
    formerNames: some(fc.array(text, { maxLength: 2 })),
    birthDate: some(fc.constantFrom('1985-05-05', '1985-05-06')),
    email: some(fc.constantFrom('a@example.jp', 'A@example.jp', 'b@example.jp')),
    phone: some(fc.constantFrom('+81901', '+81902')),
  })
  .map((values) => JSON.parse(JSON.stringify(values)) as PersonValues);

it('finds by a key whoever it would find by comparing everybody', () => {
  fc.assert(
    fc.property(person, person, (one, other) => {
      const [mine, theirs] = [matchKeys(one), matchKeys(other)];
      const shared = (Object.keys(mine) as (keyof typeof mine)[]).some(
        (key) => mine[key] !== null && mine[key] === theirs[key],
      );
      if (matchOf(one, other).score > 0) expect(shared).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
