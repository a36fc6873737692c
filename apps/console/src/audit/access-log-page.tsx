import { Button, Group, Skeleton, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Empty } from '../app/empty';
import { More } from '../app/more';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { PersonPicker } from '../person/person-picker';
import { useWords } from '../words/language';
import { accessLogFile, accessLogQuery, type AccessEntry, type AccessSearch } from './access-log';

/** Who opened what of whom, the latest first; reading it is in it too. */
export function AccessLogPage(): ReactNode {
  const { w } = useWords();
  const [person, setPerson] = useState<readonly string[]>([]);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const search: AccessSearch = {
    ...(person[0] !== undefined && { alumnusId: person[0] }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
  };
  const l = w.audit.log;
  return (
    <Page
      title={l.title}
      aside={
        <Button component="a" variant="default" href={accessLogFile(search)} download>
          {l.asFile}
        </Button>
      }
    >
      <p className="e-text" style={{ marginBottom: 20 }}>
        {l.intro}
      </p>
      <Group align="start" mb="lg" gap="lg">
        <div style={{ flex: '1 1 320px', maxWidth: 480 }}>
          <PersonPicker chosen={person} onChange={setPerson} single />
        </div>
        {(
          [
            [l.from, from, setFrom],
            [l.to, to, setTo],
          ] as const
        ).map(([label, value, set]) => (
          <TextInput
            key={label}
            type="date"
            label={label}
            value={value}
            onChange={({ currentTarget }) => set(currentTarget.value)}
          />
        ))}
      </Group>
      <Entries search={search} />
    </Page>
  );
}

function Entries({ search }: { readonly search: AccessSearch }): ReactNode {
  const { w } = useWords();
  const l = w.audit.log;
  const found = useInfiniteQuery(accessLogQuery(search));
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton h={240} />;
  const entries = found.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <Empty title={l.empty} text={l.emptyText} />;
  const c = l.columns;
  return (
    <>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={l.title}>
        <table className="e-table">
          <thead>
            <tr>
              {[c.at, c.actor, c.what].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
              <th scope="col" className="e-num">
                {c.people}
              </th>
              <th scope="col">{c.reason}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </div>
      <More pages={found} />
    </>
  );
}

function EntryRow({ entry }: { readonly entry: AccessEntry }): ReactNode {
  const { w, number, instant } = useWords();
  const { at, actor, actorName, route, view, fields, personIds, reason, aboutName } = entry;
  return (
    <tr>
      <td style={{ whiteSpace: 'nowrap' }}>{instant(at, true)}</td>
      <td style={{ minWidth: 120 }}>{actorName ?? w.terms.actor[actor.split(':')[0] ?? ''] ?? actor}</td>
      <td style={{ minWidth: 260, paddingBlock: 6 }}>
        <span className="e-code">{view}</span>
        {aboutName !== undefined && ` ${aboutName}`}
        <div className="e-code e-dim">{[route, ...fields].join(' · ')}</div>
      </td>
      <td className="e-num">{personIds.length > 0 && number(personIds.length)}</td>
      <td style={{ minWidth: 160 }}>{reason}</td>
    </tr>
  );
}
