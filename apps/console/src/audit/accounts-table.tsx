import { SegmentedControl, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { useWords } from '../words/language';
import css from './accounts.module.css';
import { accountName, type AccountUnderReview, type Decided, type GrantUnderReview } from './accounts';

interface AccountsTableProps {
  readonly accounts: readonly AccountUnderReview[];
  readonly decided: Readonly<Record<string, Decided>>;
  /** Absent for who may only look. */
  readonly onDecide: ((accountId: string, decision: Decided) => void) | undefined;
}

/** Who holds what, since when unused; and for who may, what becomes of it. */
export function AccountsTable({ accounts, decided, onDecide }: AccountsTableProps): ReactNode {
  const { w } = useWords();
  const c = w.audit.accountColumns;
  const headings = [c.account, c.grants, c.lastUsed, ...(onDecide ? [c.decision] : [])];
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.audit.accountsTitle}>
      <table className={`e-table ${css.accounts ?? ''}`} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {headings.map((heading) => (
              <th key={heading} scope="col" role="columnheader">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              decided={decided[account.id]}
              onDecide={onDecide}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface AccountRowProps {
  readonly account: AccountUnderReview;
  readonly decided: Decided | undefined;
  readonly onDecide: AccountsTableProps['onDecide'];
}

function AccountRow({ account, decided, onDecide }: AccountRowProps): ReactNode {
  const { w, number, instant } = useWords();
  const { accountId } = useAccount();
  const { id, kind, lastUsed, grants, tokens } = account;
  const name = accountName(account);
  const own = id === accountId;
  // Nobody ends what they hold themselves.
  const choices = own ? (['keep'] as const) : (['keep', 'revoke'] as const);
  return (
    <tr role="row">
      <td role="cell" style={{ minWidth: 140 }}>
        {name}
        <div className="e-tiny e-dim">
          {w.audit.kindOf[kind] ?? kind}
          {own && ` · ${w.audit.you}`}
          {tokens.length > 0 && ` · ${w.audit.tokens(number(tokens.length))}`}
        </div>
      </td>
      <td role="cell" style={{ minWidth: 180 }}>
        {grants.length === 0 && <span className="e-dim">{w.audit.noGrants}</span>}
        {grants.map((grant) => (
          <GrantText key={grant.id} grant={grant} />
        ))}
      </td>
      <td role="cell" style={{ whiteSpace: 'nowrap' }}>
        {lastUsed === undefined ? <span className="e-dim">{w.audit.neverUsed}</span> : instant(lastUsed)}
      </td>
      {onDecide && (
        <td role="cell" style={{ minWidth: 220, paddingBlock: 6 }}>
          <SegmentedControl
            size="xs"
            aria-label={w.audit.decisionOf(name)}
            value={decided?.decision ?? ''}
            onChange={(value) =>
              onDecide(id, {
                decision: value === 'revoke' ? 'revoke' : 'keep',
                reason: decided?.reason ?? '',
              })
            }
            data={choices.map((value) => ({ value, label: w.audit[value] }))}
          />
          {decided?.decision === 'revoke' && (
            <TextInput
              size="xs"
              mt={6}
              aria-label={w.audit.whyRevokeOf(name)}
              placeholder={w.audit.whyRevoke}
              value={decided.reason}
              onChange={({ currentTarget }) =>
                onDecide(id, { decision: 'revoke', reason: currentTarget.value })
              }
              required
              maxLength={500}
              autoComplete="off"
            />
          )}
        </td>
      )}
    </tr>
  );
}

function GrantText({ grant }: { readonly grant: GrantUnderReview }): ReactNode {
  const { w, number, instant } = useWords();
  const { role, departments, programmes, purposes, validUntil } = grant;
  const limits = [
    departments && w.audit.departments(departments.join(w.shell.comma)),
    programmes && w.audit.someProgrammes(number(programmes.length)),
    purposes && w.audit.somePurposes(number(purposes.length)),
    validUntil !== undefined && w.audit.grantUntil(instant(validUntil)),
  ].filter(Boolean);
  return (
    <div>
      {w.terms.role[role] ?? role}
      {limits.length > 0 && <div className="e-tiny e-dim">{limits.join(' · ')}</div>}
    </div>
  );
}
