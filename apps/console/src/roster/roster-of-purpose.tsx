import { Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { Purpose, RosterPage, RosterRow, RosterSearch } from '../api/contract';
import { funnelQuery, programmesQuery, rosterQuery, type Scope } from '../api/queries';
import { Empty } from '../app/empty';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import {
  leavingKinds,
  MODES,
  NO_FILTERS,
  NOTHING_TYPED,
  present,
  type AddressChange,
  type RosterAddress,
  type TypedFilters,
} from './address';
import { EmptyRoster } from './empty-roster';
import { FilterBar } from './filter-bar';
import { FilterChips } from './filter-chips';
import { FunnelSentence } from './funnel';
import css from './roster.module.css';
import { RosterTable } from './roster-table';
import { hasEnded, programmesOf, versionToShow } from './versions';

const PersonDrawer = lazy(async () => ({ default: (await import('../person/person-drawer')).PersonDrawer }));
const RecordDialog = lazy(async () => ({ default: (await import('../consent/record-dialog')).RecordDialog }));
const route = getRouteApi('/alumni');

/** The roster for one of the purposes, in force or ended: funnel, filters, table, and the drawer of one person. */
export function RosterOfPurpose({ purposes }: { readonly purposes: readonly Purpose[] }): ReactNode {
  const { w } = useWords();
  const address: RosterAddress = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState<TypedFilters>(NOTHING_TYPED);
  const [text] = useDebouncedValue(typed.text.trim(), 250);
  const [asking, setAsking] = useState<RosterRow>();
  const programmes = useQuery(programmesQuery);

  const purpose = purposes.find(({ purposeId }) => purposeId === address.purpose) ?? purposes[0]!;
  const channels = versionToShow(purpose)?.content.channels ?? [];
  const channel = channels.find((one) => one === address.channel) ?? channels[0] ?? 'email';
  const choices = programmesOf(programmes.data ?? [], purpose.purposeId);
  const programmeId = choices.find((one) => one.programmeId === address.programme)?.programmeId;
  const mode = address.mode ?? 'contactable';
  const { at } = address;
  const scope: Scope = {
    purposeId: purpose.purposeId,
    channel,
    ...(programmeId && { programmeId }),
    ...(at && { at }),
  };

  const narrowing = useMemo(
    () => narrowingOf(address, typed, text, programmeId),
    [address, typed, text, programmeId],
  );
  const search: RosterSearch = {
    purposeId: purpose.purposeId,
    channel,
    mode,
    limit: 50,
    ...narrowing,
    ...(at && { at }),
  };
  const funnel = useQuery({ ...funnelQuery(scope), enabled: at === undefined });
  const roster = useInfiniteQuery(rosterQuery(search));
  const rows = useMemo(() => roster.data?.pages.flatMap((page) => page.rows) ?? [], [roster.data]);
  const total = roster.data?.pages[0]?.total;

  const change = (changes: AddressChange): void =>
    void navigate({
      search: (now) => present({ ...now, ...changes }),
      replace: !('person' in changes) || changes.person === address.person,
    });
  const clear = (): void => {
    setTyped(NOTHING_TYPED);
    change(NO_FILTERS);
  };
  const filtered = Object.keys(narrowing).some((name) => name !== 'programmeId');

  return (
    <>
      {at === undefined && <FunnelSentence query={funnel} ended={hasEnded(purpose)} />}
      <FilterBar
        purposes={purposes}
        programmes={choices}
        scope={scope}
        channels={channels}
        address={address}
        typed={typed}
        onTyped={setTyped}
        onChange={change}
      />
      <FilterChips address={address} typed={typed} onTyped={setTyped} onChange={change} onClear={clear} />

      {hasEnded(purpose) && (
        <div className={css.ended}>
          <Notice tone="amber" title={w.roster.endedTitle}>
            {w.roster.endedText}
          </Notice>
        </div>
      )}
      <div className={css.modes}>
        <SegmentedControl
          aria-label={w.roster.whichPeople}
          value={mode}
          onChange={(next) => change({ mode: MODES.find((one) => one === next) })}
          data={MODES.map((value) => ({ value, label: w.roster.modes[value] }))}
          color="ai"
          size="sm"
        />
        <CountShown total={total} shown={rows.length} more={roster.hasNextPage} loaded={roster.isSuccess} />
      </div>
      <p className="e-small e-dim" style={{ margin: '0 0 12px' }}>
        {at === undefined ? w.roster.modeHints[mode] : w.roster.pastHint}
      </p>

      {roster.isError ? (
        <ProblemNote error={roster.error} onRetry={() => void roster.refetch()} />
      ) : roster.isSuccess && rows.length === 0 && at !== undefined ? (
        <Empty title={w.roster.pastEmpty} text={w.roster.pastEmptyText} />
      ) : roster.isSuccess && rows.length === 0 ? (
        <EmptyRoster
          mode={mode}
          filtered={filtered}
          funnel={funnel.data}
          purpose={purpose}
          channel={channel}
          onClear={clear}
        />
      ) : (
        <RosterTable
          rows={rows}
          loading={roster.isPending}
          mode={mode}
          channel={channel}
          onOpen={(person) => change({ person, tab: undefined, event: undefined })}
          onRequest={setAsking}
        />
      )}
      {roster.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={roster.isFetchingNextPage}
          onClick={() => void roster.fetchNextPage()}
        >
          {w.shell.more}
        </Button>
      )}

      <Suspense>
        {address.person !== undefined && (
          <PersonDrawer
            key={address.person}
            alumnusId={address.person}
            scope={scope}
            purposes={purposes}
            address={address}
            onChange={change}
          />
        )}
        {asking && (
          <RecordDialog
            kind="request"
            alumnusId={asking.alumnusId}
            name={asking.name}
            purposes={purposes}
            scope={scope}
            onClose={() => setAsking(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}

interface CountShownProps {
  readonly total: RosterPage['total'] | undefined;
  readonly shown: number;
  readonly more: boolean;
  readonly loaded: boolean;
}

/** How many people there are, as far as that was counted, and how many of them are listed so far. */
function CountShown({ total, shown, more, loaded }: CountShownProps): ReactNode {
  const { w, number } = useWords();
  const people = w.roster.count(number(total?.count ?? shown));
  const all = total
    ? total.estimated
      ? w.shell.about(people)
      : people
    : more
      ? w.roster.atLeast(people)
      : people;
  return (
    <span className="e-small e-dim" role="status">
      {loaded && <strong className={css.total}>{all}</strong>}
      {total && shown < total.count && <> {w.roster.shown(number(shown))}</>}
    </span>
  );
}

/** What narrows the roster beyond purpose and channel. */
function narrowingOf(
  address: RosterAddress,
  typed: TypedFilters,
  text: string,
  programmeId: string | undefined,
) {
  const kinds = leavingKinds(address.leaving);
  return present({
    programmeId,
    text: text || undefined,
    department: typed.department || undefined,
    job: typed.job || undefined,
    serviceMonthsMin: address.atLeast === undefined ? undefined : address.atLeast * 12,
    serviceMonthsMax: address.atMost === undefined ? undefined : address.atMost * 12 + 11,
    leftFrom: address.leftFrom,
    leftTo: address.leftTo,
    leavingKind: kinds.length === 0 ? undefined : kinds,
    eligible: address.eligible === undefined ? undefined : address.eligible === 'yes',
  });
}
