import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import type { Kept } from './erasures';
import { elsewhereNamesQuery, recipientNamesQuery } from './retention';

/** What does not go with the plan: what a law keeps and until when, what others dispose of, whom data were given to. */
export function KeptSection({ kept }: { readonly kept: Kept }): ReactNode {
  const { w, language, number, day } = useWords();
  const { waits, elsewhere, recipients } = kept;
  const k = w.erasure.kept;
  const until = (last: string | undefined): string =>
    last === undefined ? w.erasure.stands : w.erasure.until(day(last));
  return (
    <>
      {waits.length > 0 && (
        <KeptTable
          title={k.waits}
          headings={[k.category, w.erasure.law, k.until]}
          count={w.erasure.partColumns.people}
          rows={waits.map(({ category, number: code, law, people, until: last }) => ({
            key: `${category} ${code}`,
            cells: [w.erasure.category[category] ?? category, law[language], until(last)],
            count: number(people),
          }))}
        />
      )}
      {elsewhere.length > 0 && <Elsewhere elsewhere={elsewhere} />}
      {recipients.length > 0 && <Recipients recipients={recipients} />}
    </>
  );
}

function Elsewhere({ elsewhere }: Pick<Kept, 'elsewhere'>): ReactNode {
  const { w, language, number } = useWords();
  const names = useQuery(elsewhereNamesQuery);
  const c = w.erasure.elsewhereColumns;
  return (
    <KeptTable
      title={w.erasure.kept.elsewhere}
      headings={[c.system, c.document, w.erasure.law, w.erasure.kept.over]}
      count={c.entries}
      rows={elsewhere.map(({ systemId, document, law, entries, over }) => ({
        key: `${systemId} ${document}`,
        cells: [
          names.data?.systemOf.get(systemId) ?? systemId.slice(0, 8),
          names.data?.documentOf.get(document)?.[language] ?? document,
          law[language],
          number(over),
        ],
        count: number(entries),
      }))}
    />
  );
}

function Recipients({ recipients }: Pick<Kept, 'recipients'>): ReactNode {
  const { w, language, number } = useWords();
  const names = useQuery(recipientNamesQuery);
  const k = w.erasure.kept;
  return (
    <KeptTable
      title={k.recipients}
      headings={[k.recipient, k.toTell]}
      count={w.erasure.partColumns.people}
      rows={recipients.map(({ recipientId, people, open }) => ({
        key: recipientId,
        cells: [
          names.data?.get(recipientId)?.[language] ?? recipientId.slice(0, 8),
          open > 0 ? k.open(number(open)) : k.told,
        ],
        count: number(people),
      }))}
    />
  );
}

interface KeptTableProps {
  readonly title: string;
  readonly headings: readonly string[];
  /** Of the last column, a number. */
  readonly count: string;
  readonly rows: readonly {
    readonly key: string;
    readonly cells: readonly string[];
    readonly count: string;
  }[];
}

function KeptTable({ title, headings, count, rows }: KeptTableProps): ReactNode {
  return (
    <div style={{ marginTop: 20 }}>
      <Title order={3} mb={4}>
        {title}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="e-table">
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
              <th scope="col" className="e-num">
                {count}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells, count: of }) => (
              <tr key={key}>
                {cells.map((cell, index) => (
                  <td key={index}>{cell}</td>
                ))}
                <td className="e-num">{of}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
