import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import type { RulesOutcome } from './governance';

interface ReviewDialogProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Said {
  readonly outcome: RulesOutcome;
  readonly findings: string;
  readonly nextBy?: string;
}

/** Records what came of looking at the rules in force. */
export function ReviewDialog({ onDone, onClose }: ReviewDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<RulesOutcome>();
  const [findings, setFindings] = useState('');
  const [nextBy, setNextBy] = useState('');
  const recording = useAct(
    (said: Said, key) => act('POST', '/v1/handling-rules/reviews', said, key),
    async () => {
      await queries.invalidateQueries({ queryKey: ['governance'] });
      onClose();
      onDone();
    },
  );
  const given = findings.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.governance.reviewTitle}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (outcome !== undefined)
            recording.mutate({ outcome, findings: given, ...(nextBy !== '' && { nextBy }) });
        }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.governance.reviewText}
          </p>
          <Radio.Group
            label={w.governance.outcome}
            withAsterisk
            value={outcome ?? null}
            onChange={(next) => setOutcome(next === 'adequate' ? 'adequate' : 'to-be-changed')}
          >
            <Group mt="xs">
              {(['adequate', 'to-be-changed'] as const).map((one) => (
                <Radio key={one} value={one} label={w.governance.outcomes[one]} />
              ))}
            </Group>
          </Radio.Group>
          <Textarea
            label={w.governance.findings}
            description={w.governance.findingsHint}
            value={findings}
            onChange={({ currentTarget }) => setFindings(currentTarget.value)}
            required
            maxLength={4000}
            autosize
            minRows={3}
          />
          <TextInput
            type="date"
            label={w.governance.nextBy}
            description={w.governance.nextByHint}
            value={nextBy}
            onChange={({ currentTarget }) => setNextBy(currentTarget.value)}
            maw={240}
          />
          {recording.isError && <ProblemNote error={recording.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button
              type="submit"
              disabled={outcome === undefined || given === ''}
              loading={recording.isPending}
            >
              {w.governance.recordReview}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
