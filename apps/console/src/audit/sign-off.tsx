import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import type { AccountsReview, Decided, SignedReview, SignOff } from './accounts';

interface SignOffSectionProps {
  readonly review: AccountsReview;
  readonly decided: Readonly<Record<string, Decided>>;
  readonly onSigned: (review: SignedReview) => void;
}

/** Signs the whole review off: what is kept and why, what ends, in numbers, before it is done. */
export function SignOffSection({ review, decided, onSigned }: SignOffSectionProps): ReactNode {
  const { w, number } = useWords();
  const queries = useQueryClient();
  const [why, setWhy] = useState('');
  const [asking, setAsking] = useState(false);
  const signing = useAct(
    (said: SignOff, key) => act<SignedReview>('POST', '/v1/accounts/review', said, key),
    async (signed) => {
      setAsking(false);
      onSigned(signed);
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      await queries.invalidateQueries({ queryKey: ['governance'] });
    },
  );
  const decisions = review.accounts.flatMap(({ id }) => {
    const one = decided[id];
    if (one === undefined) return [];
    const reason = (one.decision === 'keep' ? why : one.reason).trim();
    return [{ accountId: id, decision: one.decision, reason }];
  });
  const open = review.accounts.length - decisions.length;
  const revoked = decisions.filter(({ decision }) => decision === 'revoke').length;
  const counts = [number(decisions.length - revoked), number(revoked)] as const;
  const whole = open === 0 && decisions.every(({ reason }) => reason !== '');
  return (
    <Stack gap="md" mt="lg" maw={560}>
      <Textarea
        label={w.audit.whyKeep}
        description={w.audit.whyKeepHint}
        value={why}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        required
        maxLength={500}
        autosize
        minRows={2}
      />
      {open > 0 && (
        <p className="e-small e-dim" role="status" style={{ margin: 0 }}>
          {w.audit.undecided(number(open))}
        </p>
      )}
      <Group>
        <Button disabled={!whole} onClick={() => setAsking(true)}>
          {w.audit.signOff(...counts)}
        </Button>
      </Group>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={w.audit.signTitle}
        closeButtonProps={{ 'aria-label': w.shell.close }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.audit.signText(...counts)}
          </p>
          {signing.isError && <ProblemNote error={signing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {w.shell.cancel}
            </Button>
            <Button
              loading={signing.isPending}
              onClick={() => signing.mutate({ standing: review.standing, decisions })}
            >
              {w.audit.signOff(...counts)}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
