import { Button, Drawer, Group, Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Alumnus, Purpose, Why } from '../api/contract';
import { alumnusQuery, whyQuery, type Scope } from '../api/queries';
import { useAccount } from '../app/account';
import { ProblemNote } from '../app/problem-note';
import { StateTag, Tag } from '../app/tag';
import type { RecordKind } from '../consent/record';
import { TABS, type AddressChange, type RosterAddress } from '../roster/address';
import { LinkedNote } from '../duplicates/linked-note';
import { hasEnded } from '../roster/versions';
import { useWords } from '../words/language';
import { ConsentTab } from './consent-tab';
import { Details } from './details';
import { NameWithKana } from './name';
import css from './person.module.css';
import { RecordTab } from './record-tab';
import { WhyTab } from './why-tab';

const RecordDialog = lazy(async () => ({ default: (await import('../consent/record-dialog')).RecordDialog }));

interface PersonDrawerProps {
  readonly alumnusId: string;
  readonly scope: Scope;
  readonly purposes: readonly Purpose[];
  readonly address: RosterAddress;
  readonly onChange: (changes: AddressChange) => void;
}

const KINDS: readonly RecordKind[] = ['grant', 'refusal', 'withdrawal', 'request'];

/** What can be recorded: of somebody who died or returned no request, once the purpose has ended withdrawals alone. */
function kindsFor(gone: boolean, ended: boolean): readonly RecordKind[] {
  if (ended) return ['withdrawal'];
  return KINDS.filter((kind) => !(gone && kind === 'request'));
}

/** One person: whether they may be contacted, the events that make it so, everything recorded, and consent. */
export function PersonDrawer(props: PersonDrawerProps): ReactNode {
  const { w } = useWords();
  const alumnus = useQuery(alumnusQuery(props.alumnusId));
  return (
    <Drawer
      opened
      onClose={() => props.onChange({ person: undefined, tab: undefined, event: undefined })}
      position="right"
      size={700}
      padding="lg"
      closeButtonProps={{ 'aria-label': w.shell.close }}
      title={
        alumnus.data ? (
          <span className={css.title}>
            <NameWithKana name={alumnus.data.name} kana={alumnus.data.kana} />
          </span>
        ) : (
          w.person.drawer
        )
      }
    >
      {alumnus.isError ? (
        <ProblemNote error={alumnus.error} onRetry={() => void alumnus.refetch()} />
      ) : (
        <PersonBody {...props} alumnus={alumnus.data} />
      )}
    </Drawer>
  );
}

type PersonBodyProps = PersonDrawerProps & { readonly alumnus: Alumnus | undefined };

function PersonBody({ alumnusId, alumnus, scope, purposes, address, onChange }: PersonBodyProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const why = useQuery(whyQuery(alumnusId, scope));
  const [recording, setRecording] = useState<RecordKind>();
  const state = alumnus?.state;
  // Everything else is told as it stands now.
  const past = scope.at !== undefined;
  const erased = state?.erased.includes('programme') ?? false;
  const gone = state !== undefined && (state.died || state.returned);
  const purpose = purposes.find(({ purposeId }) => purposeId === scope.purposeId);
  return (
    <>
      {!past && state && (state.died || state.returned || erased) && (
        <Group gap={8} mb="sm">
          {erased && <StateTag state="erased" />}
          {state.died && <Tag tone="grey">{w.person.died}</Tag>}
          {state.returned && <Tag tone="grey">{w.person.returned}</Tag>}
        </Group>
      )}
      {why.isError ? (
        <ProblemNote error={why.error} onRetry={() => void why.refetch()} />
      ) : (
        <Answer why={why.data} scope={scope} purposes={purposes} />
      )}
      {!past && <LinkedNote alumnusId={alumnusId} />}
      {can('consents:write') && state && !erased && (
        <Group gap={8} my="md">
          {kindsFor(gone, purpose !== undefined && hasEnded(purpose)).map((kind) => (
            <Button
              key={kind}
              size="xs"
              variant={kind === 'grant' && !gone ? 'filled' : 'default'}
              onClick={() => setRecording(kind)}
            >
              {w.consent.record[kind]}
            </Button>
          ))}
        </Group>
      )}
      {!past && (
        <div className={css.details}>{alumnus ? <Details alumnus={alumnus} /> : <Skeleton h={120} />}</div>
      )}
      {!past && can('retention:read') && (
        <p className="e-small">
          <Link to="/retention/$alumnusId" params={{ alumnusId }}>
            {w.erasure.ofPerson}
          </Link>
        </p>
      )}

      <Tabs
        value={address.tab ?? 'why'}
        onChange={(next) => onChange({ tab: TABS.find((one) => one === next), event: undefined })}
        keepMounted={false}
      >
        <Tabs.List>
          {TABS.filter((one) => one === 'why' || (!past && (one !== 'consent' || can('consents:read')))).map(
            (one) => (
              <Tabs.Tab key={one} value={one}>
                {w.person.tabs[one]}
              </Tabs.Tab>
            ),
          )}
        </Tabs.List>
        <Tabs.Panel value="why" pt="md">
          {!why.isError && (
            <WhyTab
              why={why.data}
              onShow={past ? undefined : (event) => onChange({ tab: 'record', event })}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="record" pt="md">
          <RecordTab alumnusId={alumnusId} marked={address.event} />
        </Tabs.Panel>
        <Tabs.Panel value="consent" pt="md">
          <ConsentTab alumnusId={alumnusId} person={state} />
        </Tabs.Panel>
      </Tabs>

      <Suspense>
        {recording && (
          <RecordDialog
            kind={recording}
            alumnusId={alumnusId}
            name={alumnus?.name}
            purposes={purposes}
            scope={scope}
            onClose={() => setRecording(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}

interface AnswerProps {
  readonly why: Why | undefined;
  readonly scope: Scope;
  readonly purposes: readonly Purpose[];
}

/** Yes or no, in one sentence. */
function Answer({ why, scope, purposes }: AnswerProps): ReactNode {
  const { w, language } = useWords();
  if (why === undefined) return <Skeleton h={76} />;
  const purpose = purposes.find(({ purposeId }) => purposeId === scope.purposeId);
  return (
    <div className={css.answer} data-answer={why.answer}>
      <p className="e-tiny">
        {purpose && w.person.forWhat(purpose.title[language], w.terms.contactChannel[scope.channel])}
      </p>
      <Tag tone={why.answer === 'yes' ? 'teal' : 'red'}>
        {why.answer === 'yes' ? w.person.yes : w.person.no}
      </Tag>
      <strong>{why.sentence[language]}</strong>
    </div>
  );
}
