import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import type { CommandAnswer } from '../api/contract';
import { ReasonDialog } from '../person/reason-dialog';
import { useWords } from '../words/language';

interface VoidDialogProps {
  readonly alumnusId: string;
  readonly purposeId: string;
  /** The event that was recorded in error. */
  readonly eventId: string;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Marks an answer as recorded in error, with the reason. */
export function VoidDialog({ alumnusId, purposeId, eventId, onClose, onDone }: VoidDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const voiding = useAct(
    (reason: string, key) =>
      act<CommandAnswer>(
        'POST',
        `/v1/alumni/${alumnusId}/consents/${purposeId}/invalidations`,
        { eventId, reason },
        key,
      ),
    async () => {
      await queries.invalidateQueries({ queryKey: ['alumni'] });
      notifications.show({ message: w.consent.voided, closeButtonProps: { 'aria-label': w.shell.close } });
      onClose();
      onDone?.();
    },
  );
  return (
    <ReasonDialog
      title={w.consent.voidTitle}
      text={w.consent.voidText}
      label={w.consent.voidReason}
      button={w.consent.voidButton}
      danger
      busy={voiding.isPending}
      error={voiding.error}
      onSend={(reason) => voiding.mutate(reason)}
      onClose={onClose}
    />
  );
}
