import { Button, Group, Skeleton, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { PersonRef } from '../person/person-ref';
import { useWords } from '../words/language';
import { DUE_NOW, duePeopleQuery, type DuePerson } from './retention';
import { useMonthText } from './month-text';

/** Of whom something falls due in a month; of those already due a plan can be begun. */
export function DuePeople({ month }: { readonly month: string }): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const monthText = useMonthText();
  const found = useInfiniteQuery(duePeopleQuery(month));
  const title = month === DUE_NOW ? w.erasure.duePeople : w.erasure.monthPeople(monthText(month));
  const people = byPerson(found.data?.pages.flatMap(({ people: some = [] }) => some) ?? []);
  const free = people.filter(({ held }) => !held).map(({ alumnusId }) => alumnusId);
  const c = w.erasure.peopleColumns;
  return (
    <section style={{ marginTop: 24 }}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {found.isError ? (
        <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton h={120} />
      ) : (
        <div className="e-scroll" tabIndex={0} role="region" aria-label={title}>
          <table className="e-table">
            <thead>
              <tr>
                <th scope="col">{c.name}</th>
                <th scope="col">{c.categories}</th>
                <th scope="col">{c.dueOn}</th>
                <th scope="col">{c.hold}</th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow key={person.alumnusId} {...person} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Group mt="md" gap={8}>
        {month === DUE_NOW && can('erasure:plan') && free.length > 0 && (
          <Button renderRoot={(props) => <Link {...props} to="/erasures/new" search={{ due: true }} />}>
            {w.erasure.planDue}
          </Button>
        )}
        {month === DUE_NOW && can('erasure:plan') && free.length > 0 && (
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link {...props} to="/erasures/new" search={{ people: free.slice(0, 50).join('.') }} />
            )}
          >
            {w.erasure.planThese(number(Math.min(50, free.length)))}
          </Button>
        )}
        {found.hasNextPage && (
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {w.shell.more}
          </Button>
        )}
      </Group>
    </section>
  );
}

interface PersonDue {
  readonly alumnusId: string;
  readonly categories: readonly string[];
  readonly dueOn: string | undefined;
  readonly held: boolean;
}

/** One line for each person: the answer has one for each kind of data. */
function byPerson(rows: readonly DuePerson[]): readonly PersonDue[] {
  const people = new Map<string, PersonDue>();
  for (const { alumnusId, category, dueOn, held } of rows) {
    const known = people.get(alumnusId);
    people.set(alumnusId, {
      alumnusId,
      categories: [...(known?.categories ?? []), category],
      dueOn: known === undefined ? dueOn : [known.dueOn, dueOn].filter((one) => one !== undefined).sort()[0],
      held: held || (known?.held ?? false),
    });
  }
  return [...people.values()];
}

function PersonRow({ alumnusId, categories, dueOn, held }: PersonDue): ReactNode {
  const { w, day } = useWords();
  return (
    <tr>
      <td>
        <Link to="/retention/$alumnusId" params={{ alumnusId }}>
          <PersonRef alumnusId={alumnusId} />
        </Link>
      </td>
      <td>{categories.map((one) => w.erasure.category[one] ?? one).join(w.shell.comma)}</td>
      <td style={{ whiteSpace: 'nowrap' }}>{dueOn === undefined ? w.erasure.nothingKeeps : day(dueOn)}</td>
      <td>{held && <Tag tone="amber">{w.erasure.isHeld}</Tag>}</td>
    </tr>
  );
}
