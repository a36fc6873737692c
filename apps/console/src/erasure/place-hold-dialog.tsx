import { Button, Checkbox, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { ProblemNote } from '../app/problem-note';
import { PersonPicker } from '../person/person-picker';
import { PersonRef } from '../person/person-ref';
import { useWords } from '../words/language';
import { holdsPath } from './retention';

interface PlaceHoldDialogProps {
  /** Whose; where it is absent somebody is chosen. */
  readonly alumnusId?: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface HoldOrder {
  readonly alumnusId: string;
  readonly reviewAt: string;
  readonly stopsContact: boolean;
  readonly reason: string;
}

/** Keeps a person's data from being erased: why, and when somebody looks at it again. */
export function PlaceHoldDialog({ alumnusId, onDone, onClose }: PlaceHoldDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(alumnusId === undefined ? [] : [alumnusId]);
  const [reviewAt, setReviewAt] = useState('');
  const [stopsContact, setStopsContact] = useState(false);
  const [reason, setReason] = useState('');
  const placing = useAct(
    ({ alumnusId: whose, ...said }: HoldOrder, key) => act('POST', holdsPath(whose), said, key),
    async () => {
      onClose();
      onDone();
      await queries.invalidateQueries({ queryKey: ['retention'] });
      await queries.invalidateQueries({ queryKey: ['alumni'] });
    },
  );
  const [whose] = chosen;
  const given = reason.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.erasure.placeTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (whose !== undefined)
            placing.mutate({ alumnusId: whose, reviewAt, stopsContact, reason: given });
        }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.erasure.placeText}
          </p>
          {alumnusId === undefined ? (
            <PersonPicker chosen={chosen} onChange={setChosen} single />
          ) : (
            <PersonRef alumnusId={alumnusId} />
          )}
          <TextInput
            type="date"
            label={w.erasure.reviewAt}
            description={w.erasure.reviewAtHint}
            value={reviewAt}
            onChange={({ currentTarget }) => setReviewAt(currentTarget.value)}
            required
            maw={240}
          />
          <Checkbox
            checked={stopsContact}
            onChange={({ currentTarget }) => setStopsContact(currentTarget.checked)}
            label={w.erasure.stopsContact}
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
          {placing.isError && <ProblemNote error={placing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button
              type="submit"
              disabled={whose === undefined || reviewAt === '' || given === ''}
              loading={placing.isPending}
            >
              {w.erasure.placeHold}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
