import { Button, Group, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { ReasonDialog } from '../person/reason-dialog';
import { useWords } from '../words/language';
import { pairPath, pairQuery, type SideBySide } from './pairs';
import { Sides } from './sides';

type Decision = 'link' | 'unlink' | 'dismiss';

const TONES = { none: 'grey', linked: 'teal', unlinked: 'grey', dismissed: 'grey' } as const;

/** Two records side by side, and what somebody decides about them. */
export function PairPage(): ReactNode {
  const { w } = useWords();
  const { alumnusId, otherId } = useParams({ from: '/alumni/duplicates/$alumnusId/$otherId' });
  const pair = useQuery(pairQuery(alumnusId, otherId));
  return (
    <Page title={w.duplicates.pairTitle} aside={<Link to="/alumni/duplicates">{w.duplicates.toList}</Link>}>
      {pair.isError ? (
        <ProblemNote error={pair.error} onRetry={() => void pair.refetch()} />
      ) : pair.isPending ? (
        <Skeleton h={360} />
      ) : (
        <Both path={pairPath(alumnusId, otherId)} both={pair.data} />
      )}
    </Page>
  );
}

function Both({ path, both }: { readonly path: string; readonly both: SideBySide }): ReactNode {
  const { w, language } = useWords();
  const { can } = useAccount();
  const [done, setDone] = useState<Decision>();
  const grounds = both.grounds.map(({ messages }) => messages[language]);
  return (
    <>
      <Group gap={12} mb="md">
        <Tag tone={TONES[both.state]}>{w.duplicates.pairState[both.state]}</Tag>
        {grounds.length > 0 && (
          <span className="e-small">
            {w.duplicates.shared}: {grounds.join(w.shell.comma)}
          </span>
        )}
      </Group>
      {done && (
        <Notice tone="teal" role="status" focus key={done}>
          <p>{w.duplicates.done[done]}</p>
        </Notice>
      )}
      <Sides both={both} />
      <p className="e-tiny e-dim">{w.duplicates.masked}</p>
      {can('duplicates:link') && <Decisions path={path} state={both.state} onDone={setDone} />}
    </>
  );
}

interface DecisionsProps {
  readonly path: string;
  readonly state: SideBySide['state'];
  readonly onDone: (what: Decision) => void;
}

function Decisions({ path, state, onDone }: DecisionsProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Decision>();
  const deciding = useAct(
    ({ what, reason }: { what: Decision; reason: string }, key) =>
      act('POST', `${path}/${what}`, { reason }, key),
    async (_, { what }) => {
      await queries.invalidateQueries({ queryKey: ['alumni'] });
      setAsking(undefined);
      onDone(what);
    },
  );
  const open = (what: Decision): void => {
    deciding.reset();
    setAsking(what);
  };
  const d = w.duplicates;
  return (
    <Group gap={8} mt="md">
      {state === 'linked' ? (
        <Button variant="default" onClick={() => open('unlink')}>
          {d.unlink}
        </Button>
      ) : (
        <>
          <Button onClick={() => open('link')}>{d.link}</Button>
          {state !== 'dismissed' && (
            <Button variant="default" onClick={() => open('dismiss')}>
              {d.dismiss}
            </Button>
          )}
        </>
      )}
      {asking && (
        <ReasonDialog
          title={d[`${asking}Title`]}
          text={d[`${asking}Text`]}
          label={d.reason}
          hint={d.reasonHint}
          button={d[asking]}
          busy={deciding.isPending}
          error={deciding.error}
          onSend={(reason) => deciding.mutate({ what: asking, reason })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Group>
  );
}
