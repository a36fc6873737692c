import { NativeSelect, Switch } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Coded, ImportColumn, ImportField } from '../api/import-contract';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import css from './import.module.css';

interface MappingTableProps {
  readonly columns: readonly ImportColumn[];
  readonly fields: readonly ImportField[];
  readonly freeText: boolean;
  readonly problems: readonly Coded[];
  readonly onField: (header: string, field: string) => void;
}

/** One row for each column of the file: what it goes into, or why it may not enter. */
export function MappingTable({ columns, fields, freeText, problems, onField }: MappingTableProps): ReactNode {
  const { w, language } = useWords();
  const [onlyUsed, setOnlyUsed] = useState(false);
  const labelOf = ({ field, label, required }: ImportField): string => {
    const text = label?.[language] ?? w.imports.consentField[field] ?? w.terms.leaverField[field] ?? field;
    return required ? w.imports.requiredField(text) : text;
  };
  const options = [
    { value: 'ignore', label: w.imports.ignore },
    ...fields.map((field) => ({
      value: field.field,
      label: field.freeText && !freeText ? `${labelOf(field)} — ${w.imports.needsFreeText}` : labelOf(field),
      disabled: field.freeText && !freeText,
    })),
  ];
  const isUsed = ({ field }: ImportColumn): boolean => field !== null && field !== 'ignore';
  const wrong = new Set(problems.map(({ column }) => column));
  return (
    <>
      <Switch
        size="xs"
        label={w.imports.onlyUsed}
        checked={onlyUsed}
        onChange={({ currentTarget }) => setOnlyUsed(currentTarget.checked)}
        mb={8}
      />
      <div
        className={`e-scroll ${css.mapping ?? ''}`}
        tabIndex={0}
        role="region"
        aria-label={w.imports.mapping}
      >
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{w.imports.header}</th>
              <th scope="col">{w.imports.field}</th>
            </tr>
          </thead>
          <tbody>
            {columns
              .filter((column) => !onlyUsed || isUsed(column))
              .map((column) => (
                <tr key={column.header} data-used={isUsed(column) || undefined}>
                  <td className={css.header}>{column.header}</td>
                  <td>
                    {column.refused ? (
                      <span className={css.refused}>
                        <Tag tone="red">{w.imports.refused}</Tag>
                        <span>
                          {column.refused.messages?.[language] ?? column.refused.names?.[language]}
                          {column.refused.law && <span className="e-dim"> {column.refused.law}</span>}
                        </span>
                      </span>
                    ) : (
                      <NativeSelect
                        size="xs"
                        aria-label={w.imports.fieldOf(column.header)}
                        aria-invalid={wrong.has(column.header) || undefined}
                        error={wrong.has(column.header)}
                        value={column.field ?? 'ignore'}
                        onChange={({ currentTarget }) => onField(column.header, currentTarget.value)}
                        data={options}
                      />
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
