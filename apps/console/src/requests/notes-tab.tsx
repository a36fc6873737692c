import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAct } from '../api/act';
import { askFile } from '../api/client';
import type { RequestStep } from '../api/request-contract';
import { useAccount } from '../app/account';
import { ProblemNote } from '../app/problem-note';
import { saveFile } from '../app/save-file';
import { useWords } from '../words/language';
import type { RequestTabProps } from './opened';
import css from './requests.module.css';

/** What clerks noted for each other, and the files that were attached. */
export function NotesTab({ request, onOpen }: RequestTabProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const notes = request.timeline.filter(({ type }) => type === 'RequestNoted' || type === 'RequestAttached');
  return (
    <>
      {notes.length === 0 && <p className="e-small">{w.requests.notesNone}</p>}
      <ul className={css.cards}>
        {notes.map((step) => (
          <Note key={step.eventId} requestId={request.requestId} step={step} />
        ))}
      </ul>
      {can('requests:write') && request.standing !== 'closed' && (
        <Group gap={8}>
          <Button variant="default" onClick={() => onOpen('note')}>
            {w.requests.acts.note}
          </Button>
          <Button variant="default" onClick={() => onOpen('attach')}>
            {w.requests.acts.attach}
          </Button>
        </Group>
      )}
    </>
  );
}

interface NoteProps {
  readonly requestId: string;
  readonly step: RequestStep;
}

function Note({ requestId, step: { fields, recordedAt, actorName } }: NoteProps): ReactNode {
  const { w, instant } = useWords();
  const artefactId = typeof fields['artefactId'] === 'string' ? fields['artefactId'] : undefined;
  const text = fields['note'] ?? fields['title'];
  const saving = useAct(async (id: string) =>
    saveFile(await askFile(`/v1/requests/${requestId}/artefacts/${id}`), `${id}.bin`),
  );
  return (
    <li className="e-card">
      <p className={css.asked}>{typeof text === 'string' ? text : w.person.erased}</p>
      <p className="e-tiny e-dim">
        <time dateTime={recordedAt}>{instant(recordedAt)}</time> {actorName}
      </p>
      {artefactId !== undefined && (
        <Button
          size="xs"
          variant="default"
          loading={saving.isPending}
          onClick={() => saving.mutate(artefactId)}
        >
          {w.person.evidence.saveFile}
        </Button>
      )}
      {saving.isError && <ProblemNote error={saving.error} />}
    </li>
  );
}
