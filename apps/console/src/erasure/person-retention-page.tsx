import { Button, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { PersonRef } from '../person/person-ref';
import { useWords } from '../words/language';
import { PersonHolds } from './person-holds';
import { elsewhereNamesQuery, personRetentionQuery, type PersonRetention } from './retention';

/** Of one person: until when what stays, under which law; the holds; and what others keep. */
export function PersonRetentionPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const { alumnusId } = useParams({ from: '/retention/$alumnusId' });
  const retention = useQuery(personRetentionQuery(alumnusId));
  return (
    <Page
      title={w.erasure.personTitle}
      narrow
      aside={
        can('erasure:plan') && (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/erasures/new" search={{ people: alumnusId }} />}
          >
            {w.erasure.plan}
          </Button>
        )
      }
    >
      <p style={{ margin: '0 0 20px' }}>
        <PersonRef alumnusId={alumnusId} />
      </p>
      {retention.isError ? (
        <ProblemNote error={retention.error} onRetry={() => void retention.refetch()} />
      ) : retention.isPending ? (
        <Skeleton h={300} />
      ) : (
        <>
          <Categories categories={retention.data.categories} />
          {retention.data.elsewhere.length > 0 && <Elsewhere elsewhere={retention.data.elsewhere} />}
        </>
      )}
      <PersonHolds alumnusId={alumnusId} />
    </Page>
  );
}

function Categories({ categories }: Pick<PersonRetention, 'categories'>): ReactNode {
  const { w, language, day } = useWords();
  return (
    <section aria-labelledby="kept">
      <Title order={2} id="kept" mb="sm">
        {w.erasure.personCategory}
      </Title>
      {categories.length === 0 && <p className="e-small e-dim">{w.erasure.personNone}</p>}
      {categories.map(({ category, due, until, bases }) => (
        <div key={category} className="e-card" style={{ marginBottom: 12 }}>
          <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' }}>
            <Title order={3}>{w.erasure.category[category] ?? category}</Title>
            {due ? (
              <Tag tone="amber">{w.erasure.isDue}</Tag>
            ) : (
              <span className="e-small">
                {until === undefined ? w.erasure.stands : w.erasure.until(day(until))}
              </span>
            )}
          </div>
          <ul style={{ margin: '8px 0 0', paddingLeft: 20 }} className="e-small">
            {bases.map((basis, index) => (
              <li key={index}>
                {basis.text[language]}
                {basis.until !== undefined && ` · ${w.erasure.until(day(basis.until))}`}
                <div className="e-tiny e-dim">
                  {w.erasure.law}: {basis.law[language]}
                </div>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Elsewhere({ elsewhere }: Pick<PersonRetention, 'elsewhere'>): ReactNode {
  const { w, language, day } = useWords();
  const names = useQuery(elsewhereNamesQuery);
  const c = w.erasure.elsewhereColumns;
  return (
    <section style={{ marginTop: 24 }}>
      <Title order={2} mb="sm">
        {w.erasure.personElsewhere}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.erasure.personElsewhere}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{c.document}</th>
              <th scope="col">{c.system}</th>
              <th scope="col">{w.erasure.retentionTitle}</th>
            </tr>
          </thead>
          <tbody>
            {elsewhere.map(({ entryId, document, systemId, until, disposedOn }) => (
              <tr key={entryId}>
                <td>{names.data?.documentOf.get(document)?.[language] ?? document}</td>
                <td>{names.data?.systemOf.get(systemId) ?? systemId.slice(0, 8)}</td>
                <td>
                  {disposedOn !== undefined
                    ? w.erasure.disposedOn(day(disposedOn))
                    : until === undefined
                      ? w.erasure.notDated
                      : w.erasure.until(day(until))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
