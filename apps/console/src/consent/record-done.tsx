import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { CommandAnswer } from '../api/contract';
import { Notice } from '../app/notice';
import { useWords } from '../words/language';
import { answersNotice, type RecordKind } from './record';
import { VoidDialog } from './void-dialog';

interface RecordDoneProps {
  readonly kind: RecordKind;
  readonly alumnusId: string;
  readonly purposeId: string;
  readonly answer: CommandAnswer;
  readonly onClose: () => void;
}

/** What happened, what follows from it, and how to undo it. */
export function RecordDone({ kind, alumnusId, purposeId, answer, onClose }: RecordDoneProps): ReactNode {
  const { w } = useWords();
  const [voiding, setVoiding] = useState(false);
  const c = w.consent;
  const eventId = answer.eventIds[0];
  const done = answer.outcome === 'done';
  return (
    <Stack gap="md">
      <Notice tone="teal" role="status" title={done ? c.doneTitle[kind] : w.imports.doneNothing} focus>
        {done ? c.doneText[kind] : c.doneUnchanged}
      </Notice>
      <p className="e-small e-dim" style={{ margin: 0 }}>
        {kind === 'withdrawal' || kind === 'request' ? c.undo[kind] : c.undo.answer}
      </p>
      {eventId !== undefined && (
        <p className="e-tiny e-dim" style={{ margin: 0 }}>
          {c.recordedAs}: <span className="e-code">{eventId}</span>
        </p>
      )}
      <Group justify="flex-end">
        {answersNotice(kind) && done && eventId !== undefined && (
          <Button variant="default" onClick={() => setVoiding(true)}>
            {c.voidButton}
          </Button>
        )}
        <Button onClick={onClose}>{w.shell.close}</Button>
      </Group>
      {voiding && eventId !== undefined && (
        <VoidDialog
          alumnusId={alumnusId}
          purposeId={purposeId}
          eventId={eventId}
          onClose={() => setVoiding(false)}
          onDone={onClose}
        />
      )}
    </Stack>
  );
}
