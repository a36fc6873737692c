import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { ReasonDialog } from '../person/reason-dialog';
import { useWords } from '../words/language';
import { erasurePath, type ErasureDetail } from './erasures';

/** Approval and refusal, for who may; everybody else learns what it waits for. */
export function Decision({ plan }: { readonly plan: ErasureDetail }): ReactNode {
  const { w, number } = useWords();
  const { can, accountId } = useAccount();
  const [asking, setAsking] = useState<'approval' | 'refusal'>();
  const own = plan.proposedBy.split(':')[1] === accountId;
  if (!can('erasure:approve')) return <Notice tone="amber">{w.erasure.waiting}</Notice>;
  if (own && plan.second) return <Notice tone="amber">{w.erasure.ownPlan}</Notice>;
  const close = (): void => setAsking(undefined);
  return (
    <Group gap={8}>
      <Button color="red.9" onClick={() => setAsking('approval')}>
        {w.erasure.approve(number(plan.people))}
      </Button>
      <Button variant="default" onClick={() => setAsking('refusal')}>
        {w.erasure.refuse}
      </Button>
      {asking === 'approval' && <ApprovalDialog plan={plan} onClose={close} />}
      {asking === 'refusal' && <RefusalDialog plan={plan} onClose={close} />}
    </Group>
  );
}

interface DialogProps {
  readonly plan: ErasureDetail;
  readonly onClose: () => void;
}

function useDecision<Said>(
  { plan, onClose }: DialogProps,
  step: 'approval' | 'refusal',
  bodyOf: (said: Said) => unknown,
) {
  const queries = useQueryClient();
  return useAct(
    (said: Said, key) => act('POST', `${erasurePath(plan.erasureId)}/${step}`, bodyOf(said), key),
    async () => {
      await queries.invalidateQueries({ queryKey: ['erasures'] });
      onClose();
    },
  );
}

/** There is no way back: it says so, and is confirmed before the button can be pressed. */
function ApprovalDialog({ plan, onClose }: DialogProps): ReactNode {
  const { w, number } = useWords();
  const [checked, setChecked] = useState(false);
  const approving = useDecision<object>({ plan, onClose }, 'approval', () => undefined);
  const people = number(plan.people);
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.erasure.approveTitle(people)}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <Stack gap="md">
        <p className="e-small" style={{ margin: 0 }}>
          {w.erasure.approveText}
        </p>
        <Checkbox
          checked={checked}
          onChange={({ currentTarget }) => setChecked(currentTarget.checked)}
          label={w.erasure.approveCheck}
          data-autofocus
        />
        {approving.isError && <ProblemNote error={approving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {w.shell.cancel}
          </Button>
          <Button
            color="red.9"
            disabled={!checked}
            loading={approving.isPending}
            onClick={() => approving.mutate({})}
          >
            {w.erasure.approve(people)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function RefusalDialog({ plan, onClose }: DialogProps): ReactNode {
  const { w } = useWords();
  const refusing = useDecision<string>({ plan, onClose }, 'refusal', (reason) => ({ reason }));
  return (
    <ReasonDialog
      title={w.erasure.refuseTitle}
      text={w.erasure.refuseText}
      label={w.erasure.refuseReason}
      hint={w.erasure.refuseReasonHint}
      button={w.erasure.refuse}
      busy={refusing.isPending}
      error={refusing.error}
      onSend={(reason) => refusing.mutate(reason)}
      onClose={onClose}
    />
  );
}
