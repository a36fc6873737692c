/**
 * Writing of names and texts. A name is personal and official: 髙 is not 高, so nothing here folds variants.
 */

/** Compatibility ideographs (神 U+FA19, 﨑 U+FA11 …). NFC would replace most of them by another character. */
const COMPATIBILITY_IDEOGRAPH = /[\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u;
const OTHERS = /[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu;
const ASCII_OR_KANJI = /^[\x20-\x7e\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff]*$/;

/**
 * NFC that keeps compatibility ideographs: canonical composition for everything but them, because for those
 * NFC changes how a person's name is written.
 */
export function composed(text: string): string {
  if (ASCII_OR_KANJI.test(text)) return text;
  if (!COMPATIBILITY_IDEOGRAPH.test(text)) return text.normalize('NFC');
  return text.replace(OTHERS, (run) => run.normalize('NFC'));
}

/** A name as written: trimmed (full-width spaces too), composed, never folded by NFKC. */
export function normaliseName(text: string): string {
  return composed(text).trim();
}

/**
 * A reading in full-width katakana: half-width kana with their sound marks become full-width, hiragana becomes
 * katakana, runs of spaces become one. Doing it twice changes nothing.
 */
export function normaliseKana(text: string): string {
  return text
    .replace(/[｡-ﾟ]+/g, (run) => run.normalize('NFKC'))
    .replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/** One line of text: composed, line breaks and tabs become spaces, trimmed. */
export function normaliseText(text: string): string {
  return composed(text)
    .replace(/[\t\r\n]+/g, ' ')
    .trim();
}

/** Text that may have lines of its own: composed, line ends as LF, trimmed. */
export function normaliseParagraph(text: string): string {
  return composed(text).replace(/\r\n?/g, '\n').trim();
}

/**
 * An employee number as it identifies: NFKC, trimmed, upper case; leading zeros stay. It is half of a person's
 * identity (source system, employee number), so every way in must use this one form.
 */
export function normaliseEmployeeNumber(text: string): string {
  // Upper case takes some letters apart (ῒ): composed again, so that doing it twice changes nothing.
  return text.normalize('NFKC').trim().toUpperCase().normalize('NFKC');
}

/** Private-use characters (外字): each machine shows a glyph of its own, or none. */
export const PRIVATE_USE = /[\ue000-\uf8ff]/;

/** A cell that a spreadsheet would run as a formula (ASVS 5.0, 1.2.10), told apart from `+81…`, `-`, `@name`. */
export const FORMULA = /^[=＝]|^[+\-@＋－＠].*[(!|]/;
