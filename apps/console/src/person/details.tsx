import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import type { Alumnus, Employment, MaskedField } from '../api/contract';
import { useAccount } from '../app/account';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { ReasonDialog } from './reason-dialog';
import css from './person.module.css';

/** Masked fields and which grant lets them be shown. */
const FIELDS: readonly (readonly [MaskedField, string])[] = [
  ['email', 'contact'],
  ['phone', 'contact'],
  ['postalAddress', 'contact'],
  ['lineId', 'contact'],
  ['employeeNumber', 'employee-number'],
  ['leavingReason', 'leaving-detail'],
  ['leavingDetail', 'leaving-detail'],
];

/**
 * Contact and employment. Masked values are shown on demand; the reason is asked for once per person, and what
 * was shown is forgotten when the drawer closes.
 */
export function Details({ alumnus }: { readonly alumnus: Alumnus }): ReactNode {
  const { w, day } = useWords();
  const { fields, can } = useAccount();
  const [reason, setReason] = useState<string>();
  const [asking, setAsking] = useState<MaskedField>();
  const [shown, setShown] = useState<Partial<Record<string, string | null>>>({});
  const reveal = useAct(
    (input: { field: MaskedField; reason: string }, key) =>
      act<{ values: Record<string, string | null> }>(
        'POST',
        `/v1/alumni/${alumnus.alumnusId}/reveal`,
        { fields: [input.field], reason: input.reason },
        key,
      ),
    ({ values }, input) => {
      setShown((before) => ({ ...before, ...values }));
      setReason(input.reason);
      setAsking(undefined);
    },
  );

  const known = FIELDS.filter(([field]) => alumnus[field] != null);
  const mayShow = (field: MaskedField, grant: string): boolean =>
    can('alumni:reveal') &&
    fields.includes(grant) &&
    alumnus.masked.includes(field) &&
    shown[field] === undefined;
  return (
    <section aria-label={w.person.details}>
      <dl className="e-pairs">
        {known.map(([field, grant]) => (
          <div key={field} className={css.pair}>
            <dt>{w.person.contact[field]}</dt>
            <dd>
              <span className={css.value} data-shown={shown[field] !== undefined || undefined}>
                {shown[field] ?? alumnus[field]}
              </span>
              {mayShow(field, grant) && (
                <Button
                  size="compact-xs"
                  variant="default"
                  ml={8}
                  aria-label={w.person.revealOf(w.person.contact[field])}
                  loading={reveal.isPending && reveal.variables.field === field}
                  onClick={() => (reason === undefined ? setAsking(field) : reveal.mutate({ field, reason }))}
                >
                  {w.person.reveal}
                </Button>
              )}
            </dd>
          </div>
        ))}
        {alumnus.birthDate != null && (
          <div className={css.pair}>
            <dt>{w.person.birthDate}</dt>
            <dd>{day(alumnus.birthDate)}</dd>
          </div>
        )}
        <div className={css.pair}>
          <dt>{w.person.employments}</dt>
          <dd>
            {alumnus.employments.map((employment, index) => (
              <EmploymentLine key={index} employment={employment} />
            ))}
          </dd>
        </div>
      </dl>
      {reveal.isError && asking === undefined && <ProblemNote error={reveal.error} />}
      {asking && (
        <ReasonDialog
          title={w.person.revealTitle}
          text={w.person.revealText}
          label={w.person.revealReason}
          hint={w.person.revealReasonHint}
          button={w.person.revealButton}
          busy={reveal.isPending}
          error={reveal.error}
          onSend={(given) => reveal.mutate({ field: asking, reason: given })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </section>
  );
}

function EmploymentLine({ employment }: { readonly employment: Employment | null }): ReactNode {
  const { w, shortDay } = useWords();
  if (employment === null) return <div>{w.person.erased}</div>;
  const { joinedOn, leftOn, department, job, kind, leavingKind } = employment;
  const facts = [
    department,
    job,
    kind && w.terms.employmentKind[kind],
    leavingKind && w.terms.leavingKind[leavingKind],
  ];
  return (
    <div>
      {w.roster.period(shortDay(joinedOn), shortDay(leftOn))} {facts.filter(Boolean).join(w.shell.comma)}
    </div>
  );
}
