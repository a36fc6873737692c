import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { ask, askFile } from '../api/client';
import type { LedgerEvent, SealedFieldsShown } from '../api/contract';
import { ProblemNote } from '../app/problem-note';
import { saveFile } from '../app/save-file';
import { useWords } from '../words/language';
import { ReasonDialog } from './reason-dialog';
import css from './person.module.css';

/** What shows an answer or an order, in the order it is shown in. */
const EVIDENCE = ['evidence', 'representative', 'reason', 'returnedOn', 'diedOn'] as const;
type EvidenceField = (typeof EVIDENCE)[number];

/** Whether an event keeps something that shows it: a text, a day, a file. */
export function hasEvidence({ sealed = [], fields = {} }: LedgerEvent): boolean {
  return EVIDENCE.some((field) => sealed.includes(field)) || artefactOf(fields) !== undefined;
}

interface SealedFieldsProps {
  readonly alumnusId: string;
  readonly event: LedgerEvent;
}

/** Shows what an event keeps sealed, for a reason; forgotten when the tab is left. */
export function SealedFields({ alumnusId, event }: SealedFieldsProps): ReactNode {
  const { w } = useWords();
  const [asking, setAsking] = useState(false);
  const path = `/v1/alumni/${alumnusId}`;
  const opening = useAct(
    (reason: string) =>
      ask<SealedFieldsShown>(`${path}/events/${event.eventId}/reveal`, { body: { reason } }),
    () => setAsking(false),
  );
  const artefactId = artefactOf(event.fields ?? {});
  const saving = useAct(async (reason: string) =>
    saveFile(await askFile(`${path}/artefacts/${artefactId ?? ''}`, reason), `${artefactId ?? ''}.bin`),
  );
  const reason = opening.variables ?? '';
  return (
    <>
      {opening.data ? (
        <Shown shown={opening.data} />
      ) : (
        <Button size="compact-xs" variant="default" mt={8} onClick={() => setAsking(true)}>
          {w.person.evidence.show}
        </Button>
      )}
      {opening.data && artefactId !== undefined && (
        <Group mt={8} gap={8}>
          <Button
            size="compact-xs"
            variant="default"
            loading={saving.isPending}
            onClick={() => saving.mutate(reason)}
          >
            {w.person.evidence.saveFile}
          </Button>
        </Group>
      )}
      {saving.isError && <ProblemNote error={saving.error} />}
      {asking && (
        <ReasonDialog
          title={w.person.evidence.title}
          text={w.person.evidence.text}
          label={w.person.revealReason}
          hint={w.person.evidence.reasonHint}
          button={w.person.revealButton}
          busy={opening.isPending}
          error={opening.error}
          onSend={(given) => opening.mutate(given)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Shown({ shown: { values, erased, withheld } }: { readonly shown: SealedFieldsShown }): ReactNode {
  const { w, day } = useWords();
  const text = (field: EvidenceField, value: unknown): string => {
    if (field === 'representative') return Object.values(value as Record<string, string>).join(w.shell.comma);
    return field === 'returnedOn' || field === 'diedOn' ? day(String(value)) : String(value);
  };
  const e = w.person.evidence;
  const found = EVIDENCE.filter((field) => values[field] != null);
  return (
    <div className={css.evidence} role="status">
      <dl className="e-pairs">
        {found.map((field) => (
          <div key={field} className={css.pair}>
            <dt>{e.fields[field]}</dt>
            <dd>{text(field, values[field])}</dd>
          </div>
        ))}
      </dl>
      {erased.length > 0 && <p>{e.erased}</p>}
      {withheld.length > 0 && <p>{e.withheld}</p>}
      {found.length === 0 && erased.length === 0 && withheld.length === 0 && <p>{e.nothing}</p>}
    </div>
  );
}

function artefactOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const id = fields['artefactId'];
  return typeof id === 'string' ? id : undefined;
}
