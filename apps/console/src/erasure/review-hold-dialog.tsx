import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { holdsPath, type Hold } from './retention';

interface ReviewHoldDialogProps {
  readonly hold: Hold;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Said {
  readonly reviewAt: string;
  readonly reason: string;
}

/** Records that somebody has looked at a hold again and it is still needed: why, and until when. */
export function ReviewHoldDialog({ hold, onDone, onClose }: ReviewHoldDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [reviewAt, setReviewAt] = useState('');
  const [reason, setReason] = useState('');
  const reviewing = useAct(
    (said: Said, key) => act('POST', `${holdsPath(hold.alumnusId)}/${hold.holdId}/review`, said, key),
    async () => {
      onClose();
      onDone();
      await queries.invalidateQueries({ queryKey: ['retention'] });
      await queries.invalidateQueries({ queryKey: ['alumni'] });
    },
  );
  const given = reason.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.erasure.reviewHoldTitle}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reviewAt !== '' && given !== '') reviewing.mutate({ reviewAt, reason: given });
        }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.erasure.reviewHoldText}
          </p>
          <TextInput
            type="date"
            label={w.erasure.reviewAt}
            value={reviewAt}
            onChange={({ currentTarget }) => setReviewAt(currentTarget.value)}
            required
            maw={240}
            data-autofocus
          />
          <Textarea
            label={w.erasure.holdReason}
            description={w.erasure.holdReasonHint}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            required
            maxLength={500}
            autosize
            minRows={2}
          />
          {reviewing.isError && <ProblemNote error={reviewing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button type="submit" disabled={reviewAt === '' || given === ''} loading={reviewing.isPending}>
              {w.erasure.reviewHold}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
