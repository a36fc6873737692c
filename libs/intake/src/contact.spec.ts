import { isEmail } from 'class-validator';
import fc from 'fast-check';
import { readEmail, readPhone, readPhoneByLibrary } from './contact';

describe('readPhone', () => {
  it.each([
    ['090-1234-5678', '+819012345678'],
    ['09011112222', '+819011112222'],
    ['080-0000-1111', '+818000001111'],
    ['03-1234-5678', '+81312345678'],
    ['０９０－１２３４－５６７８', '+819012345678'],
    ['(03) 1234 5678', '+81312345678'],
    ['+1 213 373 4253', '+12133734253'],
    ['+81-90-1234-5678', '+819012345678'],
  ])('reads %s as %s', (text, number) => {
    expect(readPhone(text)).toBe(number);
  });

  it.each(['12', '090-1234-567', 'なし', '電話 090-1234-5678', '03-1234-5678 ext. 12', ''])(
    'does not take %j',
    (text) => {
      expect(readPhone(text)).toBeUndefined();
    },
  );

  it('gives by its short way exactly what libphonenumber gives', () => {
    const digits = (length: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
    const hyphen = fc.constantFrom('', '-');
    const phone = fc
      .tuple(digits(1), hyphen, digits(4), hyphen, digits(4))
      .map(([kind, one, middle, two, last]) => `0${kind}0${one}${middle}${two}${last}`);
    fc.assert(
      fc.property(phone, (text) => {
        expect(readPhone(text)).toBe(readPhoneByLibrary(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('readEmail', () => {
  it.each([
    ['hanako.sato@example.jp', 'hanako.sato@example.jp'],
    [' Hanako.Sato@Example.JP ', 'Hanako.Sato@example.jp'],
    ['hanako＠example．jp', 'hanako@example.jp'],
    ["o'brien+alumni@mail.example.co.jp", "o'brien+alumni@mail.example.co.jp"],
  ])('reads %j as %s', (text, address) => {
    expect(readEmail(text)).toBe(address);
  });

  it.each([
    'not-an-email',
    'a@b',
    'a b@example.jp',
    'a..b@example.jp',
    '@example.jp',
    'a@-example.jp',
    'a@example.jp,b@example.jp',
  ])('does not take %j', (text) => {
    expect(readEmail(text)).toBeUndefined();
  });

  it('takes nothing that isEmail does not, and everything it does', () => {
    const nearly = fc.stringMatching(
      /^[a-z0-9._-]{1,12}@[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){0,2}\.[a-z]{1,11}$/,
    );
    fc.assert(
      fc.property(fc.oneof(nearly, fc.emailAddress()), (text) => {
        expect(readEmail(text) !== undefined).toBe(isEmail(text));
      }),
      { numRuns: 3000 },
    );
  });
});
