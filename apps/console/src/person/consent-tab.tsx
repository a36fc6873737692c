import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Alumnus, ConsentState } from '../api/contract';
import { consentsQuery, purposesQuery } from '../api/queries';
import { useAccount } from '../app/account';
import { ProblemNote } from '../app/problem-note';
import { StateTag, stateOf } from '../app/tag';
import { VoidDialog } from '../consent/void-dialog';
import { useWords } from '../words/language';

const VOIDABLE = new Set(['granted', 'refused', 'expired']);

interface ConsentTabProps {
  readonly alumnusId: string;
  readonly person: Alumnus['state'] | undefined;
}

/** What stands where a consent was given that carries nobody any more. */
function goneBy(person: Alumnus['state'] | undefined): 'died' | 'returned' | undefined {
  return person?.died ? 'died' : person?.returned ? 'returned' : undefined;
}

/** Where a person stands with each purpose and channel. */
export function ConsentTab({ alumnusId, person }: ConsentTabProps): ReactNode {
  const { w, language, instant } = useWords();
  const { can } = useAccount();
  const consents = useQuery(consentsQuery(alumnusId));
  const { data: purposes = [] } = useQuery(purposesQuery);
  const [voiding, setVoiding] = useState<ConsentState>();
  if (consents.isError) return <ProblemNote error={consents.error} onRetry={() => void consents.refetch()} />;
  if (consents.isPending) return <Skeleton h={120} />;
  const titleOf = (purposeId: string): string =>
    purposes.find((purpose) => purpose.purposeId === purposeId)?.title[language] ?? purposeId.slice(0, 8);
  if (consents.data.length === 0) return <p className="e-small">{w.consent.none}</p>;
  return (
    <>
      <p className="e-small e-dim" style={{ marginTop: 0 }}>
        {w.consent.intro}
      </p>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.person.tabs.consent}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{w.consent.purpose}</th>
              <th scope="col">{w.consent.channels}</th>
              <th scope="col">{w.roster.columns.state}</th>
              <th scope="col">
                <VisuallyHidden>{w.consent.action}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {consents.data.map((consent) => (
              <tr key={`${consent.purposeId}-${consent.channel}`}>
                <td>
                  {titleOf(consent.purposeId)}
                  {consent.version != null && (
                    <span className="e-tiny e-dim"> {w.consent.version(String(consent.version))}</span>
                  )}
                </td>
                <td>{w.terms.contactChannel[consent.channel]}</td>
                <td>
                  <Standing state={consent.state} gone={goneBy(person)} />
                  <div className="e-tiny e-dim">
                    {consent.effectiveAt && w.consent.stateSince(instant(consent.effectiveAt))}
                    {consent.expiresAt && <div>{w.consent.expires(instant(consent.expiresAt))}</div>}
                  </div>
                </td>
                <td className="e-num">
                  {can('consents:write') && consent.eventId && VOIDABLE.has(consent.state) && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={w.consent.voidOf(
                        `${titleOf(consent.purposeId)} ${w.terms.contactChannel[consent.channel]}`,
                      )}
                      onClick={() => setVoiding(consent)}
                    >
                      {w.consent.void}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {voiding?.eventId && (
        <VoidDialog
          alumnusId={alumnusId}
          purposeId={voiding.purposeId}
          eventId={voiding.eventId}
          onClose={() => setVoiding(undefined)}
        />
      )}
    </>
  );
}

interface StandingProps {
  readonly state: string;
  readonly gone: 'died' | 'returned' | undefined;
}

/** The state; a consent of somebody who died or is employed again is no consent to act on. */
function Standing({ state, gone }: StandingProps): ReactNode {
  const { w } = useWords();
  if (gone === undefined || state !== 'granted') return <StateTag state={stateOf(state)} />;
  return (
    <>
      <StateTag state={gone} />
      <div className="e-tiny e-dim">{w.consent.answered(w.terms.consentState.granted)}</div>
    </>
  );
}
