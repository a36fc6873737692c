import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { purposesQuery } from '../api/queries';
import { StateTag, stateOf, Tag } from '../app/tag';
import { NameWithKana, nameText } from '../person/name';
import { useWords, type Speaking } from '../words/language';
import css from './duplicates.module.css';
import type { ComparedField, PairedAlumnus, SideBySide } from './pairs';

const TONES = { same: 'teal', different: 'amber', 'only-one': 'grey' } as const;

/** Both records by value, each marked by whether they agree; then what they did, and what they said. */
export function Sides({ both }: { readonly both: SideBySide }): ReactNode {
  const speaking = useWords();
  const { w } = speaking;
  const d = w.duplicates;
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={d.pairTitle}>
      <table className={`e-table ${css.sides}`} role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader" className={css.item}>
              {d.item}
            </th>
            {both.records.map(({ alumnusId, name, kana }) => (
              <th scope="col" role="columnheader" key={alumnusId} className={css.whose}>
                <NameWithKana name={name} kana={kana} />
              </th>
            ))}
            <th scope="col" role="columnheader" className={css.mark}>
              {d.compared}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {both.fields.map(({ field, comparison }) => (
            <tr key={field} role="row" data-comparison={comparison}>
              <th scope="row" role="rowheader">
                {d.fields[field]}
              </th>
              {both.records.map((record) => (
                <td key={record.alumnusId} role="cell" data-value>
                  {valueOf(record, field, speaking)}
                </td>
              ))}
              <td role="cell">
                <Tag tone={TONES[comparison]}>{d.comparison[comparison]}</Tag>
              </td>
            </tr>
          ))}
          <tr role="row">
            <th scope="row" role="rowheader">
              {d.employments}
            </th>
            {both.records.map((record) => (
              <td key={record.alumnusId} role="cell">
                <Employments record={record} />
              </td>
            ))}
            <td role="cell" />
          </tr>
          <tr role="row">
            <th scope="row" role="rowheader">
              {d.consents}
            </th>
            {both.records.map((record) => (
              <td key={record.alumnusId} role="cell">
                <Consents record={record} />
              </td>
            ))}
            <td role="cell" />
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function valueOf(record: PairedAlumnus, field: ComparedField, { w, day }: Speaking): string {
  if (field === 'name' || field === 'kana') return nameText(record[field]) ?? w.duplicates.none;
  if (field === 'formerNames') return record.formerNames?.join(w.shell.comma) || w.duplicates.none;
  const value = record[field];
  if (value == null) return w.duplicates.none;
  return field === 'birthDate' ? day(value) : value;
}

function Employments({ record }: { readonly record: PairedAlumnus }): ReactNode {
  const { w, shortDay } = useWords();
  return record.employments.map((one, index) => (
    <div key={index}>
      {one === null
        ? w.person.erased
        : `${w.roster.period(shortDay(one.joinedOn), shortDay(one.leftOn))} ${one.department ?? ''}`}
    </div>
  ));
}

function Consents({ record }: { readonly record: PairedAlumnus }): ReactNode {
  const { w, language } = useWords();
  const { data: purposes = [] } = useQuery(purposesQuery);
  if (record.consents.length === 0) return <span className="e-dim">{w.duplicates.noConsents}</span>;
  return record.consents.map(({ purposeId, channel, state }) => (
    <div key={`${purposeId}.${channel}`} style={{ marginBottom: 4 }}>
      <StateTag state={stateOf(state)} />{' '}
      {purposes.find((one) => one.purposeId === purposeId)?.title[language] ?? purposeId.slice(0, 8)}
      {w.shell.comma}
      {w.terms.contactChannel[channel]}
    </div>
  ));
}
