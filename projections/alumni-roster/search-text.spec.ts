import { foldText, gramsOf, gramsToFind } from './search-text';

const finds = (typed: string, ...texts: string[]): boolean => {
  const grams = new Set(gramsOf(texts));
  return gramsToFind(typed).every((gram) => grams.has(gram));
};

test.each([
  ['ﾀｶﾊｼ', 'たかはし'],
  ['Ｔａｎａｋａ', 'tanaka'],
  ['髙﨑', '高崎'],
  ['オ・コナー', 'おこなー'],
  ['山田　太郎', '山田太郎'],
])('%s folds like %s', (left, right) => expect(foldText(left)).toBe(foldText(right)));

test('one character finds, and so do parts, readings and words in any order', () => {
  expect(finds('髙', '髙橋花子')).toBe(true);
  expect(finds('高橋', '髙橋花子')).toBe(true);
  expect(finds('たかは', '髙橋花子', 'タカハシハナコ')).toBe(true);
  expect(finds('花子 高橋', '髙橋花子')).toBe(true);
  expect(finds('橋高', '髙橋花子')).toBe(false);
  expect(finds('𠮷', '𠮷野')).toBe(true);
  expect(gramsToFind('  ')).toEqual([]);
});
