import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { useAccount } from '../app/account';
import { Tag } from '../app/tag';
import { PersonRef, usePersonName } from '../person/person-ref';
import { ReasonDialog } from '../person/reason-dialog';
import { tokyoDay } from '../words/dates';
import { useWords } from '../words/language';
import { holdsPath, type Hold } from './retention';
import { ReviewHoldDialog } from './review-hold-dialog';

interface HoldsTableProps {
  readonly holds: readonly Hold[];
  readonly onDone: (what: string) => void;
}

/** Holds with the day on which somebody looks at them again, and the way to end them. */
export function HoldsTable({ holds, onDone }: HoldsTableProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const c = w.erasure.holdColumns;
  const headings = [c.name, c.review, c.contact, ...(can('holds:write') ? [c.action] : [])];
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.erasure.holdsTitle}>
      <table className="e-table">
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {holds.map((hold) => (
            <HoldRow key={hold.holdId} hold={hold} onDone={onDone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HoldRow({
  hold,
  onDone,
}: {
  readonly hold: Hold;
  readonly onDone: HoldsTableProps['onDone'];
}): ReactNode {
  const { w, day } = useWords();
  const { can } = useAccount();
  const name = usePersonName(hold.alumnusId);
  const [asking, setAsking] = useState<'release' | 'review'>();
  const close = (): void => setAsking(undefined);
  return (
    <tr>
      <td>
        <Link to="/retention/$alumnusId" params={{ alumnusId: hold.alumnusId }}>
          <PersonRef alumnusId={hold.alumnusId} />
        </Link>
      </td>
      <td style={{ whiteSpace: 'nowrap' }}>
        {day(tokyoDay(hold.reviewAt))}
        {hold.due && (
          <div>
            <Tag tone="amber">{w.erasure.reviewDue}</Tag>
          </div>
        )}
      </td>
      <td>{hold.stopsContact ? w.erasure.contactStopped : w.erasure.contactAllowed}</td>
      {can('holds:write') && (
        <td>
          <Group gap={6} wrap="nowrap">
            <Button
              size="xs"
              variant="default"
              aria-label={w.erasure.reviewHoldOf(name)}
              onClick={() => setAsking('review')}
            >
              {w.erasure.reviewHold}
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={w.erasure.releaseOf(name)}
              onClick={() => setAsking('release')}
            >
              {w.erasure.release}
            </Button>
          </Group>
          {asking === 'release' && (
            <ReleaseDialog hold={hold} onDone={() => onDone(w.erasure.released)} onClose={close} />
          )}
          {asking === 'review' && (
            <ReviewHoldDialog hold={hold} onDone={() => onDone(w.erasure.holdReviewed)} onClose={close} />
          )}
        </td>
      )}
    </tr>
  );
}

interface ReleaseDialogProps {
  readonly hold: Hold;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function ReleaseDialog({ hold, onDone, onClose }: ReleaseDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const releasing = useAct(
    (reason: string, key) =>
      act('POST', `${holdsPath(hold.alumnusId)}/${hold.holdId}/release`, { reason }, key),
    async () => {
      onClose();
      onDone();
      await queries.invalidateQueries({ queryKey: ['retention'] });
      await queries.invalidateQueries({ queryKey: ['alumni'] });
    },
  );
  return (
    <ReasonDialog
      title={w.erasure.releaseTitle}
      text={w.erasure.releaseText}
      label={w.erasure.holdReason}
      hint={w.erasure.holdReasonHint}
      button={w.erasure.release}
      busy={releasing.isPending}
      error={releasing.error}
      onSend={(reason) => releasing.mutate(reason)}
      onClose={onClose}
    />
  );
}
