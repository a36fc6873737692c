import type { ReactNode } from 'react';
import type { LeaversImport } from '../api/import-contract';
import { Notice } from '../app/notice';
import { useWords } from '../words/language';
import css from './import.module.css';

/** How the file is read, in words. */
export function Recognition({ one }: { readonly one: LeaversImport }): ReactNode {
  const { w, language, number } = useWords();
  if (one.recognition === null) return null;
  const { encoding = '', separator = '', layout, sheet, headerLine = 1, notes = [] } = one.recognition;
  const used = one.columns.filter(({ field }) => field !== null && field !== 'ignore').length;
  const refused = one.columns.filter((column) => column.refused).map(({ header }) => header);
  const i = w.imports;
  const facts = [
    ...(sheet
      ? [
          [i.sheet, i.sheetOf(number(sheet.number), sheet.name)] as const,
          [i.headerRow, i.headerRowOf(number(headerLine))] as const,
        ]
      : [
          [i.encoding, i.encodings[encoding] ?? encoding] as const,
          [i.separator, i.separators[separator] ?? separator] as const,
        ]),
    ...(one.options.kind === 'leavers' ? [[i.layout, i.layouts[layout] ?? layout] as const] : []),
    [i.columnCount, i.columnCountOf(number(one.columns.length), number(used))],
    ...(refused.length > 0 ? [[i.refusedColumns, refused.join(w.shell.comma)] as const] : []),
  ] as const;
  return (
    <div>
      <dl className={css.facts} aria-label={i.recognised}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <div className={css.notes}>
          <Notice tone="amber" title={i.sheetNotes}>
            <ul>
              {notes.map(({ code, column, messages }) => (
                <li key={`${code} ${column ?? ''}`}>
                  {column && (
                    <b>
                      {column}
                      {language === 'ja' ? '：' : ': '}
                    </b>
                  )}
                  {messages?.[language] ?? code}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
    </div>
  );
}
