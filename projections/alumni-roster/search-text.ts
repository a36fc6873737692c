/**
 * Text made comparable, and cut into grams, by the application: the database's own trigram index sees nothing
 * in Japanese under the C locale, and one or two characters must find somebody.
 */

/** Forms of one character that people type for each other in names; compatibility folding leaves them apart. */
const VARIANTS: Readonly<Record<string, string>> = {
  髙: '高',
  﨑: '崎',
  嵜: '崎',
  碕: '崎',
  邊: '辺',
  邉: '辺',
  齋: '斎',
  齊: '斉',
  濱: '浜',
  濵: '浜',
  澤: '沢',
  廣: '広',
  櫻: '桜',
  國: '国',
  嶋: '島',
  嶌: '島',
  眞: '真',
  德: '徳',
  惠: '恵',
  曻: '昇',
  𠮷: '吉',
  栁: '柳',
  桒: '桑',
  瀨: '瀬',
  增: '増',
  黑: '黒',
};

const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'gu');
const HIRAGANA = /[ぁ-ゖ]/gu;
const IGNORED = /[\s・,.、。'’-]/gu;

/**
 * One form for all ways to write the same: NFKC (half-width kana, full-width letters), katakana for hiragana,
 * lower case, usual forms of name characters, no spaces or punctuation.
 */
export function foldText(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(HIRAGANA, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(IGNORED, '');
  return folded.replace(VARIANT, (character) => VARIANTS[character] ?? character);
}

/** The 1- and 2-grams of texts, folded, each once. */
export function gramsOf(texts: readonly string[]): readonly string[] {
  const grams = new Set<string>();
  for (const text of texts) {
    const characters = Array.from(foldText(text));
    characters.forEach((character, index) => {
      grams.add(character);
      const next = characters[index + 1];
      if (next !== undefined) grams.add(character + next);
    });
  }
  return [...grams];
}

/**
 * The grams a search must find: the 2-grams, which hold every character, or the single one there is. Words
 * apart from each other are looked for apart, so that 山田 太郎 also finds 太郎 山田.
 */
export function gramsToFind(text: string): readonly string[] {
  const grams = new Set<string>();
  for (const word of text.split(/[\s　]+/u)) {
    const characters = Array.from(foldText(word));
    if (characters.length === 1) grams.add(characters[0] as string);
    for (let index = 1; index < characters.length; index++) {
      grams.add(`${characters[index - 1]}${characters[index]}`);
    }
  }
  return [...grams];
}
