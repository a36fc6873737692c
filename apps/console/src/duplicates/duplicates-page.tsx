import { SegmentedControl, Skeleton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { NameWithKana, nameText } from '../person/name';
import { useWords } from '../words/language';
import css from './duplicates.module.css';
import { PAIR_LISTS, pairsQuery, type Pair, type PairedRecord, type PairList } from './pairs';

/** Pairs of records that may be about the same person: what to decide, and what was decided. */
export function DuplicatesPage(): ReactNode {
  const { w } = useWords();
  const navigate = useNavigate();
  const { state = 'proposed' } = useSearch({ from: '/alumni/duplicates' });
  const choices = PAIR_LISTS.map((value) => ({ value, label: w.duplicates.states[value] }));
  return (
    <Page title={w.duplicates.title}>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.duplicates.intro}
      </p>
      <SegmentedControl
        mb="md"
        aria-label={w.duplicates.show}
        data={choices}
        value={state}
        onChange={(value) =>
          void navigate({
            to: '/alumni/duplicates',
            search: value === 'proposed' ? {} : { state: value as PairList },
          })
        }
      />
      <Pairs state={state} />
    </Page>
  );
}

function Pairs({ state }: { readonly state: PairList }): ReactNode {
  const { w, number } = useWords();
  const found = useQuery(pairsQuery(state));
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton h={200} />;
  const { pairs, total, more } = found.data;
  const d = w.duplicates;
  if (pairs.length === 0) {
    return state === 'proposed' ? (
      <Empty title={d.emptyProposed} text={d.emptyProposedText} />
    ) : (
      <Empty title={d.emptyDecided} text={d.emptyDecidedText} />
    );
  }
  const count = more ? d.countMore : d.count;
  return (
    <>
      <p className="e-small e-dim">{count(number(pairs.length), number(total))}</p>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={d.title}>
        <table className={`e-table ${css.pairs}`} role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {d.columns.one}
              </th>
              <th scope="col" role="columnheader">
                {d.columns.other}
              </th>
              <th scope="col" role="columnheader">
                {d.columns.grounds}
              </th>
              <th scope="col" role="columnheader">
                <VisuallyHidden>{d.columns.action}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {pairs.map((pair) => (
              <PairRow key={`${pair.alumnusId}.${pair.otherId}`} pair={pair} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function PairRow({ pair }: { readonly pair: Pair }): ReactNode {
  const { w, language } = useWords();
  const names = pair.records.map(({ name }) => nameText(name) ?? w.roster.erasedName);
  return (
    <tr role="row">
      {pair.records.map((record) => (
        <td key={record.alumnusId} role="cell">
          <RecordCell record={record} />
        </td>
      ))}
      <td role="cell" className={`e-small ${css.grounds}`}>
        {pair.grounds.map(({ code, messages }) => (
          <div key={code}>{messages[language]}</div>
        ))}
      </td>
      <td role="cell">
        <Link
          to="/alumni/duplicates/$alumnusId/$otherId"
          params={{ alumnusId: pair.alumnusId, otherId: pair.otherId }}
          className={css.compare}
          aria-label={w.duplicates.compareOf(names[0] ?? '', names[1] ?? '')}
        >
          {w.duplicates.compare}
        </Link>
      </td>
    </tr>
  );
}

function RecordCell({ record }: { readonly record: PairedRecord }): ReactNode {
  const { w, shortDay } = useWords();
  const { name, kana, birthDate, department, leftOn } = record;
  const facts = [
    birthDate !== null && `${w.duplicates.fields.birthDate} ${shortDay(birthDate)}`,
    department,
    leftOn !== null && `${w.duplicates.leftOn} ${shortDay(leftOn)}`,
  ].filter(Boolean);
  return (
    <>
      <NameWithKana name={name} kana={kana} />
      <div className="e-tiny e-dim">{facts.join(' · ')}</div>
    </>
  );
}
