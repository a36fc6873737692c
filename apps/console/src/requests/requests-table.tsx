import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RequestLine } from '../api/request-contract';
import { tokyoDay } from '../words/dates';
import { useWords } from '../words/language';
import { numberOf, useDeskWords } from './desk-words';
import css from './requests.module.css';
import { StandingTags } from './standing-tags';

/** Requests, one row each; on a telephone one card each. */
export function RequestsTable({ requests }: { readonly requests: readonly RequestLine[] }): ReactNode {
  const { w } = useWords();
  const c = w.requests.columns;
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.requests.title}>
      <table className={`e-table ${css.table}`} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {[c.number, c.kind, c.requester, c.state, c.assignee, c.arrived].map((title) => (
              <th key={title} scope="col" role="columnheader">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {requests.map((request) => (
            <Row key={request.requestId} request={request} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ request }: { readonly request: RequestLine }): ReactNode {
  const { w, instant, shortDay } = useWords();
  const words = useDeskWords();
  const { requestId, kind, requester, assigneeId, assigneeName, arrivedAt, openTasks } = request;
  return (
    <tr role="row">
      <td role="cell">
        <Link to="/requests/$requestId" params={{ requestId }} className={`e-code ${css.number}`}>
          {numberOf(request)}
        </Link>
      </td>
      <td role="cell">{words.kind(kind)}</td>
      <td role="cell" lang="ja">
        {requester ?? <span className="e-dim">{w.roster.erasedName}</span>}
      </td>
      <td role="cell">
        <span className={css.tags}>
          <StandingTags request={request} />
          {openTasks > 0 && <span className="e-tiny e-dim">{w.requests.openTasks(String(openTasks))}</span>}
        </span>
      </td>
      <td role="cell">
        {assigneeName ??
          (assigneeId === undefined ? (
            <span className="e-dim">{w.requests.unassigned}</span>
          ) : (
            assigneeId.slice(0, 8)
          ))}
      </td>
      <td role="cell" className={css.day}>
        <time dateTime={arrivedAt} title={instant(arrivedAt)}>
          {shortDay(tokyoDay(arrivedAt))}
        </time>
      </td>
    </tr>
  );
}
