import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { companyQuery, purposesQuery } from '../api/queries';
import { AsOfChoice } from '../app/as-of';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { RosterOfPurpose } from './roster-of-purpose';
import { hasEnded, versionToShow } from './versions';

/** Whom the company may contact, for what and how; explains itself where there is nothing to choose from yet. */
export function RosterPage(): ReactNode {
  const { w } = useWords();
  return (
    <Page title={w.roster.title} aside={<AsOfChoice />}>
      <Gate />
    </Page>
  );
}

function Gate(): ReactNode {
  const { w } = useWords();
  const company = useQuery(companyQuery);
  const purposes = useQuery(purposesQuery);
  const failed = [company, purposes].find((query) => query.isError);
  if (failed) return <ProblemNote error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!company.data || !purposes.data) {
    return (
      <Stack aria-busy="true" aria-label={w.shell.loading}>
        <Skeleton h={60} w="60%" />
        <Skeleton h={40} />
        <Skeleton h={400} />
      </Stack>
    );
  }
  if (company.data.party === null) {
    return (
      <Empty
        title={w.roster.empty.companyTitle}
        text={w.roster.empty.companyText}
        command="npx enishi company set --template demo"
      />
    );
  }
  const usable = purposes.data.filter((purpose) => versionToShow(purpose) !== undefined);
  if (usable.length === 0) {
    return (
      <Empty
        title={w.roster.empty.purposeTitle}
        text={w.roster.empty.purposeText}
        command="npx enishi purpose create --template rehire --publish"
      />
    );
  }
  // Those that have ended come last: their past stays to be looked at.
  const ordered = usable.toSorted((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)));
  return <RosterOfPurpose purposes={ordered} />;
}
