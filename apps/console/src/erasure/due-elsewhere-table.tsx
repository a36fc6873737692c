import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import { useMonthText } from './month-text';
import { elsewhereNamesQuery, type DueElsewhere } from './retention';

/** Documents that others keep, by the month from which they may be disposed of. */
export function DueElsewhereTable({ elsewhere }: { readonly elsewhere: readonly DueElsewhere[] }): ReactNode {
  const { w, language, number } = useWords();
  const monthText = useMonthText();
  const names = useQuery(elsewhereNamesQuery);
  const c = w.erasure.elsewhereColumns;
  return (
    <section style={{ marginTop: 24 }}>
      <Title order={2}>{w.erasure.elsewhere}</Title>
      <p className="e-text e-small e-dim" style={{ margin: '4px 0 12px' }}>
        {w.erasure.elsewhereText}
      </p>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.erasure.elsewhere}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{c.month}</th>
              <th scope="col">{c.document}</th>
              <th scope="col">{c.system}</th>
              <th scope="col" className="e-num">
                {c.entries}
              </th>
            </tr>
          </thead>
          <tbody>
            {elsewhere.map(({ month, document, systemId, entries }) => (
              <tr key={`${month} ${document} ${systemId}`}>
                <td>{monthText(month)}</td>
                <td>{names.data?.documentOf.get(document)?.[language] ?? document}</td>
                <td>{names.data?.systemOf.get(systemId) ?? systemId.slice(0, 8)}</td>
                <td className="e-num">{number(entries)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
