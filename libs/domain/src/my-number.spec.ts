import fc from 'fast-check';
import { holdsMyNumber, isMyNumber } from './my-number';

/** A My Number made here by the rule's own words, from eleven digits. */
function withCheckDigit(eleven: string): string {
  const p = (n: number): number => Number(eleven[11 - n]);
  const q = (n: number): number => (n <= 6 ? n + 1 : n - 5);
  const rest =
    Array.from({ length: 11 }, (_, at) => p(at + 1) * q(at + 1)).reduce((sum, one) => sum + one) % 11;
  return eleven + (rest <= 1 ? 0 : 11 - rest);
}

const eleven = fc.stringMatching(/^\d{11}$/);

describe('My Number', () => {
  it('is told by its check digit', () => {
    // Worked by hand: the digits 1 to 11 of 12345678901 give 11 − (Σ mod 11) = 8.
    expect(isMyNumber('123456789018')).toBe(true);
    fc.assert(
      fc.property(eleven, fc.integer({ min: 1, max: 9 }), (digits, shift) => {
        const number = withCheckDigit(digits);
        expect(isMyNumber(number)).toBe(true);
        expect(isMyNumber(digits + ((Number(number[11]) + shift) % 10))).toBe(false);
      }),
    );
  });

  it.each([
    ['123456789018', true],
    ['1234-5678-9018', true],
    ['１２３４ ５６７８ ９０１８', true],
    ['番号は123456789018です', true],
    ['1234−5678−9018', true],
    ['1234ー5678ー9018', true],
    ['123456789012', false],
    ['+123456789018', false],
    ['1234567890180', false],
    ['090-1234-5678', false],
    ['', false],
  ])('is found in %j: %s', (text, expected) => {
    expect(holdsMyNumber(text)).toBe(expected);
  });
});
