import { FONT, makePdf, type Content } from './pdf';
import type { Report } from './report';

const WORDS = {
  ja: { totals: '件数', verification: '確認のしかた', none: '該当する記録はありません。' },
  en: { totals: 'Totals', verification: 'How to check this report', none: 'There are no such records.' },
} as const;

/** A report as a PDF on A4 across. */
export function printReport(report: Report): Promise<Buffer> {
  return makePdf(documentOf(report));
}

function documentOf(report: Report): object {
  const { language, title, foot, author, madeAt } = report;
  const words = WORDS[language];
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [30, 30, 30, 36],
    defaultStyle: { font: FONT, fontSize: 6.5, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 16, bold: true, margin: [0, 0, 0, 8] },
      heading: { fontSize: 9, bold: true, margin: [0, 4, 0, 4] },
      text: { fontSize: 8 },
      head: { bold: true, fillColor: '#eeeeee' },
    },
    info: { title, author, creationDate: new Date(madeAt) },
    language,
    footer: (page: number, pages: number): Content => ({
      columns: [foot, { text: `${page} / ${pages}`, alignment: 'right' }],
      margin: [30, 12, 30, 0],
    }),
    content: [
      { text: title, style: 'title' },
      {
        columns: [
          { width: '*', stack: [pairs(report.particulars)] },
          { width: 260, stack: [{ text: words.totals, style: 'heading' }, pairs(report.totals)] },
        ],
      },
      { text: words.verification, style: 'heading' },
      { ol: [...report.verification], style: 'text', margin: [0, 0, 0, 12] },
      report.rows.length === 0 ? { text: words.none, style: 'text' } : linesOf(report),
    ],
  };
}

function pairs(all: readonly (readonly [string, string])[]): Content {
  return {
    style: 'text',
    layout: 'noBorders',
    table: { widths: [120, '*'], body: all.map(([label, text]) => [{ text: label, bold: true }, text]) },
  };
}

/** Points on either side of a cell's text. */
const PADDING = 3;

function linesOf({ columns, rows }: Report): Content {
  const cells = (row: readonly string[]): Content[] =>
    row.map((text, index) => (columns[index]?.whole === true ? { text, noWrap: true } : text));
  const head = columns.map(({ heading }): Content => ({ text: heading, style: 'head' }));
  return {
    layout: {
      hLineWidth: (line: number) => (line === 0 ? 0 : 0.4),
      vLineWidth: () => 0,
      hLineColor: () => '#999999',
      paddingLeft: () => PADDING,
      paddingRight: () => PADDING,
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width - 2 * PADDING),
      body: [head, ...rows.map(cells)],
    },
  };
}
