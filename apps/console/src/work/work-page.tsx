import { SegmentedControl, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { DueTag } from '../app/due-tag';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { tokyoDaysUntil } from '../words/dates';
import { useWords } from '../words/language';
import css from './work.module.css';
import { grouped, WORK_FOR, workQuery, type WorkEntry, type WorkFor } from './work';

const route = getRouteApi('/work');

/** What is due, overdue, or waits for approval, and where it is done. */
export function WorkPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const navigate = route.useNavigate();
  const { for: whose = 'me' } = route.useSearch();
  const choices = WORK_FOR.filter((one) => one !== 'all' || can('audit:read'));
  return (
    <Page title={w.work.title} narrow>
      <SegmentedControl
        mb={8}
        aria-label={w.work.whose}
        data={choices.map((value) => ({ value, label: w.work.for[value] }))}
        value={whose}
        onChange={(value) =>
          void navigate({ search: value === 'me' ? {} : { for: value as WorkFor }, replace: true })
        }
      />
      <p className="e-small e-dim" style={{ margin: '0 0 20px' }}>
        {w.work.forHint[whose]}
      </p>
      <Waiting whose={whose} />
    </Page>
  );
}

function Waiting({ whose }: { readonly whose: WorkFor }): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const work = useQuery(workQuery(whose));
  if (work.isError) return <ProblemNote error={work.error} onRetry={() => void work.refetch()} />;
  if (work.isPending) return <Skeleton h={240} aria-label={w.shell.loading} />;
  if (work.data.length === 0) {
    return (
      <Empty title={w.work.emptyTitle} text={w.work.emptyText[whose]}>
        <p className="e-text e-small">{w.work.emptyComes}</p>
        {can('requests:read') && (
          <p className="e-small">
            <Link to="/requests">{w.work.toRequests}</Link>
          </p>
        )}
      </Empty>
    );
  }
  return grouped(work.data).map(({ group, entries }) => (
    <section key={group} className={css.group} aria-labelledby={`work-${group}`}>
      <Title order={2} id={`work-${group}`} mb={8}>
        {w.work.groups[group]}
      </Title>
      <ul className={css.list}>
        {entries.map((entry) => (
          <Entry key={entry.name} entry={entry} />
        ))}
      </ul>
    </section>
  ));
}

function Entry({ entry }: { readonly entry: WorkEntry }): ReactNode {
  const { w, language, number, instant } = useWords();
  const { title, wanted, roles, page, command, count, oldest, due, overdue, unavailable } = entry;
  const days = due === undefined ? undefined : tokyoDaysUntil(due);
  return (
    <li className={css.entry}>
      <div className={css.what}>
        <strong>{title[language]}</strong>
        {unavailable === true ? (
          <Tag tone="amber">{w.work.unavailable}</Tag>
        ) : (
          <span className={css.count}>{w.work.count(number(count))}</span>
        )}
        {overdue > 0 && <Tag tone="red">{w.work.overdue(number(overdue))}</Tag>}
        {due !== undefined && days !== undefined && days >= 0 && <DueTag days={days} at={due} />}
      </div>
      <div className={css.where}>
        {page === undefined ? (
          <code className="e-code" tabIndex={0} aria-label={w.work.byCommand(command)}>
            {command}
          </code>
        ) : (
          <Link to={page} className={css.open} aria-label={w.work.openOf(title[language])}>
            {w.work.open}
          </Link>
        )}
      </div>
      <p className={css.facts}>
        {w.work.wanted[wanted]}
        {oldest !== undefined && (
          <>
            {' · '}
            <time dateTime={oldest} title={instant(oldest)}>
              {w.work.since(number(Math.max(0, -tokyoDaysUntil(oldest))))}
            </time>
          </>
        )}
        {' · '}
        {w.work.roles(roles.map((role) => w.terms.role[role] ?? role).join(w.shell.comma))}
      </p>
    </li>
  );
}
