import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { present } from '../roster/address';
import { useWords } from '../words/language';
import { NO_FILTERS, type AddressChange } from './address';
import { IntakeDialog } from './intake-dialog';
import { requestsQuery } from './queries';
import { RequestFilters } from './request-filters';
import { RequestsTable } from './requests-table';

const route = getRouteApi('/requests');

/** The desk: what people ask the company for about their data, by what is due. */
export function RequestsPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const [receiving, setReceiving] = useState(false);
  return (
    <Page
      title={w.requests.title}
      aside={
        can('requests:write') && <Button onClick={() => setReceiving(true)}>{w.requests.receive}</Button>
      }
    >
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.requests.intro}
      </p>
      <Desk />
      <IntakeDialog opened={receiving} onClose={() => setReceiving(false)} />
    </Page>
  );
}

function Desk(): ReactNode {
  const { w, number } = useWords();
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const found = useInfiniteQuery(requestsQuery(address));
  const requests = found.data?.pages.flatMap((page) => page.requests) ?? [];
  const change = (changes: AddressChange): void =>
    void navigate({ search: (now) => present({ ...now, ...changes }), replace: true });
  const filtered = Object.keys(address).length > 0;
  return (
    <>
      <RequestFilters address={address} onChange={change} />
      {found.isError ? (
        <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton h={240} aria-label={w.shell.loading} />
      ) : requests.length === 0 ? (
        filtered ? (
          <Empty title={w.requests.emptyFiltered} text={w.requests.emptyFilteredText}>
            <Button variant="default" onClick={() => change(NO_FILTERS)}>
              {w.roster.clearAll}
            </Button>
          </Empty>
        ) : (
          <Empty
            title={w.requests.empty}
            text={w.requests.emptyText}
            command={`${window.location.origin}/requests/new`}
            commandTitle={w.requests.emptyForm}
          />
        )
      ) : (
        <>
          <p className="e-small e-dim" role="status" style={{ margin: '0 0 8px' }}>
            {(found.hasNextPage ? w.requests.countMore : w.requests.count)(number(requests.length))}
          </p>
          <RequestsTable requests={requests} />
        </>
      )}
      {found.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {w.shell.more}
        </Button>
      )}
    </>
  );
}
