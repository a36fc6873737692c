import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import type { ContactChannel, RosterMode, RosterRow } from '../api/contract';
import { useAccount } from '../app/account';
import { StateTag, stateOfReasons, Tag } from '../app/tag';
import { NameWithKana, nameText } from '../person/name';
import { useWords } from '../words/language';
import css from './roster.module.css';

interface RosterTableProps {
  readonly rows: readonly RosterRow[];
  readonly loading: boolean;
  readonly mode: RosterMode;
  readonly channel: ContactChannel;
  readonly onOpen: (alumnusId: string) => void;
  readonly onRequest: (row: RosterRow) => void;
}

/** The people, one row each. The name is the link to why; so is the whole row for a mouse. */
export function RosterTable({
  rows,
  loading,
  mode,
  channel,
  onOpen,
  onRequest,
}: RosterTableProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const c = w.roster.columns;
  const asks = mode === 'approachable' && can('consents:write');
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.roster.table}>
      <table className={`e-table ${css.table ?? ''}`} aria-busy={loading}>
        <thead>
          <tr>
            <th scope="col">{c.name}</th>
            <th scope="col">{c.department}</th>
            <th scope="col">{c.job}</th>
            <th scope="col">{c.period}</th>
            <th scope="col">{c.leaving}</th>
            <th scope="col">{c.state}</th>
            <th scope="col">{w.terms.contactChannel[channel]}</th>
            <th scope="col">{c.why}</th>
          </tr>
        </thead>
        <tbody>
          {loading
            ? Array.from({ length: 8 }, (_, index) => (
                <tr key={index}>
                  <td colSpan={8}>
                    <Skeleton h={14} />
                  </td>
                </tr>
              ))
            : rows.map((row) => (
                <PersonRow
                  key={row.alumnusId}
                  row={row}
                  mode={mode}
                  channel={channel}
                  onOpen={onOpen}
                  onRequest={asks ? onRequest : undefined}
                />
              ))}
        </tbody>
      </table>
    </div>
  );
}

interface PersonRowProps {
  readonly row: RosterRow;
  readonly mode: RosterMode;
  readonly channel: ContactChannel;
  readonly onOpen: (alumnusId: string) => void;
  readonly onRequest: ((row: RosterRow) => void) | undefined;
}

function PersonRow({ row, mode, channel, onOpen, onRequest }: PersonRowProps): ReactNode {
  const { w, shortDay, language } = useWords();
  const name = nameText(row.name) ?? w.roster.erasedName;
  const open = (event: MouseEvent): void => {
    // A link or a button in the row does what it says; a selection of text stays one.
    if ((event.target as Element).closest('a, button') || window.getSelection()?.type === 'Range') return;
    onOpen(row.alumnusId);
  };
  const reached = row.channels[channel] ?? (channel === 'sms' ? row.channels['phone'] : undefined);
  const months = row.serviceMonths;
  const codes = row.reasons.map(({ code }) => code);
  // Whoever may be asked has not answered, unless a reason says more.
  const state = codes.length > 0 ? stateOfReasons(codes) : mode === 'contactable' ? 'granted' : 'none';
  const toPerson = (now: object) => ({ ...now, person: row.alumnusId });
  return (
    <tr onClick={open}>
      <td>
        <Link from="/alumni" to="/alumni" search={toPerson} className={css.person} title={name}>
          <NameWithKana name={row.name} kana={row.kana} />
        </Link>
      </td>
      <td className={css.cut} title={row.department ?? undefined}>
        {row.department}
      </td>
      <td className={css.cut} title={row.job ?? undefined}>
        {row.job}
      </td>
      <td className={css.period}>
        {row.joinedOn !== null &&
          row.leftOn !== null &&
          w.roster.period(shortDay(row.joinedOn), shortDay(row.leftOn))}
        {months !== null && (
          <div className={css.service}>
            {w.roster.service(String(Math.floor(months / 12)), String(months % 12))}
          </div>
        )}
      </td>
      <td>{row.leavingKind && <Tag tone="grey">{w.terms.leavingKind[row.leavingKind]}</Tag>}</td>
      <td title={row.reasons.map(({ messages }) => messages[language]).join('\n') || undefined}>
        <StateTag state={state} />
      </td>
      <td className={css.contact} title={reached ?? undefined}>
        {reached ?? <span className="e-dim">{w.roster.noContact}</span>}
      </td>
      <td className={css.acts}>
        <Link from="/alumni" to="/alumni" search={toPerson} aria-label={w.roster.whyOf(name)}>
          {w.roster.why}
        </Link>
        {onRequest && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={w.roster.recordRequestOf(name)}
            onClick={() => onRequest(row)}
          >
            {w.roster.recordRequest}
          </Button>
        )}
      </td>
    </tr>
  );
}
