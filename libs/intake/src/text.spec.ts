import fc from 'fast-check';
import {
  composed,
  FORMULA,
  normaliseEmployeeNumber,
  normaliseKana,
  normaliseName,
  normaliseParagraph,
  normaliseText,
} from './text';

describe('names', () => {
  it.each(['髙橋', '﨑山', '神谷', '福田', '渡邉', '辻󠄀', '①', 'ｽﾐｽ'])('keeps %s as it is written', (name) => {
    expect(normaliseName(`\u3000${name} `)).toBe(name);
  });

  it('composes what is decomposed', () => {
    expect(normaliseName('e\u0301va')).toBe('éva');
    expect(normaliseName('カ\u3099神')).toBe('ガ神');
  });
});

describe('kana', () => {
  it.each([
    ['ｽｽﾞｷ', 'スズキ'],
    ['ﾊﾟｰｸ', 'パーク'],
    ['ｳﾞｧﾝ', 'ヴァン'],
    ['カﾞｸ', 'ガク'],
    ['さとう', 'サトウ'],
    ['ﾏﾘｱ\u3000ｸﾘｽ', 'マリア クリス'],
  ])('%s becomes %s', (text, kana) => {
    expect(normaliseKana(text)).toBe(kana);
  });
});

it('an employee number in letters that upper case takes apart is the same the second time', () => {
  const once = normaliseEmployeeNumber('\u1fd2');
  expect(normaliseEmployeeNumber(once)).toBe(once);
});

it('every normaliser does nothing the second time', () => {
  const half = fc.string({ unit: fc.constantFrom(...'ｱｶｳﾊｰﾞﾟ゙ガがぁゞ 　神éa\u0301'), maxLength: 8 });
  const normalisers = [
    composed,
    normaliseName,
    normaliseKana,
    normaliseText,
    normaliseParagraph,
    normaliseEmployeeNumber,
  ];
  fc.assert(
    fc.property(fc.oneof(half, fc.string({ unit: 'binary', maxLength: 8 })), (text) => {
      for (const normalise of normalisers) expect(normalise(normalise(text))).toBe(normalise(text));
    }),
    { numRuns: 1000 },
  );
});

it('an employee number keeps its leading zeros and loses its width and case', () => {
  expect(normaliseEmployeeNumber(' ００１２ａ－７ ')).toBe('0012A-7');
});

it.each([
  ['=HYPERLINK("http://example.invalid","x")', true],
  ['＝1+1', true],
  ['@SUM(A1)', true],
  ["+cmd|' /C calc'!A0", true],
  ['+81 90 1234 5678', false],
  ['-', false],
  ['@enishi', false],
  ['営業部(東京)', false],
])('%s is a formula: %s', (text, expected) => {
  expect(FORMULA.test(text)).toBe(expected);
});
