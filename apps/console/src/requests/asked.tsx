import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { alumnusQuery } from '../api/queries';
import type { RequestDetail } from '../api/request-contract';
import { useAccount } from '../app/account';
import { ProblemNote } from '../app/problem-note';
import { Details } from '../person/details';
import { NameWithKana } from '../person/name';
import { useWords } from '../words/language';
import { numberOf, useDeskWords } from './desk-words';
import type { RequestTabProps } from './opened';
import css from './requests.module.css';

/** What was asked, by whom, and whose record it is about. */
export function Asked({ request, onOpen }: RequestTabProps): ReactNode {
  const { w, language, instant, number } = useWords();
  const words = useDeskWords();
  const { fields: f, yen } = w.requests;
  const { ground, agent, answerTo, aboutThem, fee, originalId } = request;
  const article = words.choices?.kinds.find(({ kind }) => kind === request.kind)?.article;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [f.requester, request.requester ?? w.person.erased],
    ...(aboutThem === undefined ? [] : [[f.aboutThem, aboutThem] as const]),
    [f.party, [words.of('party', request.party), agent].filter(Boolean).join(w.shell.comma)],
    [f.kind, [words.kind(request.kind), article?.[language]].filter(Boolean).join(' · ')],
    ...(ground === undefined ? [] : [[f.ground, words.of('ground', ground)] as const]),
    [f.arrivedAt, `${instant(request.arrivedAt)} · ${words.of('cameBy', request.cameBy)}`],
    [f.answerForm, `${words.of('answerForm', request.answerForm)} · ${w.terms.language[request.language]}`],
    ...(answerTo === undefined ? [] : [[f.answerTo, answerTo] as const]),
    ...(fee === undefined ? [] : [[f.amount, yen(number(fee))] as const]),
    ...(originalId === undefined
      ? []
      : [
          [
            f.originalId,
            <Link key="original" to="/requests/$requestId" params={{ requestId: originalId }}>
              {numberOf({ requestId: originalId })}
            </Link>,
          ] as const,
        ]),
  ];
  return (
    <>
      <h2 className={css.asideTitle}>{f.asked}</h2>
      <p className={css.asked}>{request.asked ?? w.person.erased}</p>
      <dl className="e-pairs">
        {rows.map(([name, value]) => (
          <div key={name} className={css.pair}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Matched request={request} onOpen={() => onOpen('match')} />
      <p className="e-tiny e-dim" style={{ marginTop: 24 }}>
        {w.requests.logged}
      </p>
    </>
  );
}

interface MatchedProps {
  readonly request: RequestDetail;
  readonly onOpen: () => void;
}

/** The record of the person it is about, its contact masked, to compare with what was seen. */
function Matched({ request, onOpen }: MatchedProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const r = w.requests;
  const { alumnusId, decision, standing } = request;
  const mayMatch =
    can('requests:write') && can('alumni:read') && decision === undefined && standing !== 'closed';
  return (
    <section className="e-card" style={{ marginTop: 24 }} aria-labelledby="request-person">
      <h2 id="request-person" className={css.asideTitle}>
        {r.person}
      </h2>
      {alumnusId === undefined ? (
        <p className="e-small">{r.unmatched}</p>
      ) : (
        can('alumni:read') && <Person alumnusId={alumnusId} />
      )}
      {mayMatch && (
        <Button variant="default" size="xs" mt={12} onClick={onOpen}>
          {alumnusId === undefined ? r.match : r.matchAnother}
        </Button>
      )}
    </section>
  );
}

function Person({ alumnusId }: { readonly alumnusId: string }): ReactNode {
  const { w } = useWords();
  const person = useQuery(alumnusQuery(alumnusId));
  if (person.isError) return <ProblemNote error={person.error} />;
  if (!person.data) return null;
  return (
    <>
      <Link to="/alumni" search={{ person: alumnusId, mode: 'excluded' }} className={css.person}>
        <NameWithKana name={person.data.name} kana={person.data.kana} />
        <span className="e-tiny">{w.requests.toPerson}</span>
      </Link>
      <Details alumnus={person.data} />
    </>
  );
}
