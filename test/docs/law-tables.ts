import { ANCHOR_NAMES, DOCUMENT_CODES, documentRow, LAW, LAW_CODES, type LawRow } from '@enishi/domain';

/** The tables of docs/law.md that are made from the rule table, by the name of their place there. */
export const LAW_TABLES: Readonly<Record<string, () => string>> = { numbers, schedule };

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const head = (...cells: readonly string[]): string => row(...cells) + row(...cells.map(() => '---'));
const link = (file: string): string => `[${file.slice(file.lastIndexOf('/') + 1)}](../${file})`;

/** Every number of law and policy. */
function numbers(): string {
  const rows = LAW_CODES.map((code) => {
    const { rule, law, unit, versions, executed, test }: LawRow = LAW[code];
    const held = versions.map(({ value, from }) => `${value} ${unit} (from ${from})`).join(', ');
    const { least, most } = versions[versions.length - 1]!;
    const range = least === most ? 'no' : `${least} to ${most}`;
    const place = `\`${executed.by}\` in ${link(executed.file)}`;
    return row(
      `\`${code}\``,
      `${rule.en} (${rule.ja})`,
      held,
      range,
      `${law.en} (${law.ja})`,
      place,
      link(test),
    );
  });
  return head('Code', 'Rule', 'Number', 'May be set', 'Law', 'Code place', 'Test') + rows.join('');
}

/** The retention schedule. */
function schedule(): string {
  const rows = DOCUMENT_CODES.map((code) => {
    const { document, number, anchor, orLater, orElse, first, here } = documentRow(code);
    const from = [
      first === undefined
        ? ANCHOR_NAMES[anchor].en
        : `11 January of the year after the ${ANCHOR_NAMES[anchor].en}`,
      ...(orLater ? [`or the ${ANCHOR_NAMES[orLater].en}, if later`] : []),
      ...(orElse ? [`or the ${ANCHOR_NAMES[orElse].en}`] : []),
    ];
    return row(
      `\`${code}\``,
      `${document.en} (${document.ja})`,
      `\`${number}\``,
      from.join(', '),
      here ? 'here' : 'elsewhere',
    );
  });
  return head('Document', 'What it is', 'Period', 'Runs from', 'Held') + rows.join('');
}
