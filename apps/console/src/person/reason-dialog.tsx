import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';

interface ReasonDialogProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly hint?: string;
  readonly button: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSend: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks for the reason of an act that is recorded with it. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { w } = useWords();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': w.shell.close }}
      zIndex={300}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (given !== '') props.onSend(given);
        }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {props.text}
          </p>
          <Textarea
            label={props.label}
            description={props.hint}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            required
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
          />
          {props.error != null && <ProblemNote error={props.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {w.shell.cancel}
            </Button>
            <Button
              type="submit"
              color={props.danger ? 'red.9' : 'ai'}
              disabled={given === ''}
              loading={props.busy}
            >
              {props.button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
