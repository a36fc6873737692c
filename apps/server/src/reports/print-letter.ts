import type { IssuedText, Language } from '@enishi/domain';
import { FONT, makePdf, type Content } from './pdf';

/** A letter as it is to be printed. */
export interface LetterSheet {
  readonly letter: IssuedText;
  readonly language: Language;
  /** Where it is posted to; empty where it goes by mail. */
  readonly address: string;
}

/** Points of a millimetre. */
const MM = 72 / 25.4;
const MARGIN = { across: 25 * MM, top: 20 * MM, foot: 22 * MM };
/**
 * Where the address stands: 25 mm from the left and 20 mm from above, 85 mm wide. Folded in three, it shows in the window of
 * an envelope 長形3号 (90 × 45 mm, some 20 mm from the left and 13 mm from above).
 */
const WINDOW = { x: 25 * MM, y: 20 * MM, width: 85 * MM, end: 58 * MM };
/** Lines that Japanese letters put in the middle, or at the right. */
const CENTRED = new Set(['記']);
const AT_RIGHT = new Set(['敬具', '以上', '草々', '謹白']);

/** A letter as a PDF on A4: number and date, addressee, sender, subject and text, where an office in Japan has them. */
export function printLetter(sheet: LetterSheet): Promise<Buffer> {
  const { letter, language } = sheet;
  const { documentNumber, date, sender, subject, body } = letter;
  return makePdf({
    pageSize: 'A4',
    pageMargins: [MARGIN.across, MARGIN.top, MARGIN.across, MARGIN.foot],
    defaultStyle: { font: FONT, fontSize: 10.5, lineHeight: 1.35 },
    info: { title: `${documentNumber} ${subject}`, author: sender[0] ?? '' },
    language,
    footer: (page: number, pages: number): Content => ({
      text: pages === 1 ? documentNumber : `${documentNumber}  ${page} / ${pages}`,
      alignment: 'center',
      fontSize: 8,
      margin: [0, 8, 0, 0],
    }),
    content: [
      addressOf(sheet),
      { stack: [documentNumber, date], alignment: 'right' },
      // Down to below the window, whatever stands beside it.
      { text: '', margin: [0, 0, 0, WINDOW.end - MARGIN.top - 2 * 10.5 * 1.35 - 10] },
      { stack: [...sender], alignment: 'right', margin: [0, 0, 0, 24] },
      { text: subject, bold: true, fontSize: 13, alignment: 'center', margin: [0, 0, 0, 20] },
      ...body.split('\n').map(lineOf),
    ],
  });
}

/** The addressee in the window; a long address is set smaller rather than leave it. */
function addressOf({ letter: { addressee }, address }: LetterSheet): Content {
  const lines = address.split(/\r?\n/).filter((line) => line.trim() !== '');
  const fontSize = lines.length > 3 || lines.some((line) => line.length > 22) ? 9 : 10.5;
  return {
    absolutePosition: { x: WINDOW.x, y: WINDOW.y },
    columns: [
      {
        width: WINDOW.width,
        stack: [...lines, { text: addressee, fontSize: fontSize + 1.5, margin: [0, 6, 0, 0] }],
        fontSize,
      },
    ],
  };
}

function lineOf(line: string): Content {
  const text = line.trim();
  if (text === '') return { text: ' ', fontSize: 7 };
  if (CENTRED.has(text)) return { text, alignment: 'center', margin: [0, 8, 0, 8] };
  if (AT_RIGHT.has(text)) return { text, alignment: 'right' };
  return { text: line, preserveLeadingSpaces: true };
}
