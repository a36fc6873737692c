import { Button, Group, Modal, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import type { ApprovalPreview, LeaversImport } from '../api/import-contract';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { approvalQuery, purposeTitlesQuery } from './batch-queries';

/** Consents with incomplete evidence: compliance sees what an approval would take, and approves; others learn who may. */
export function ApprovalSection({ one }: { readonly one: LeaversImport }): ReactNode {
  const { permissions } = useAccount();
  if (permissions.includes('imports:approve')) return <Approval one={one} />;
  return one.counts.incomplete === 0 ? null : <Waiting importId={one.importId} />;
}

/** How it stands, for whoever brought the list in and may not approve it. */
function Waiting({ importId }: Pick<LeaversImport, 'importId'>): ReactNode {
  const { w, number } = useWords();
  const preview = useQuery(approvalQuery(importId));
  if (preview.isError) return <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />;
  if (preview.isPending) return <Skeleton h={48} />;
  const { waiting, approved, ended } = preview.data;
  if (waiting > 0) return <Notice tone="amber">{w.imports.approvalOnly(number(waiting))}</Notice>;
  return (
    <Notice tone="teal">
      {w.imports.approvalNone} {w.imports.approvalBefore(number(approved), number(ended))}
    </Notice>
  );
}

function Approval({ one }: { readonly one: LeaversImport }): ReactNode {
  const { w, number } = useWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const preview = useQuery(approvalQuery(one.importId));
  const approving = useAct(
    (_: { waiting: number }, key) =>
      act<{ approved: number }>('POST', `/v1/imports/${one.importId}/approve`, undefined, key),
    async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: approvalQuery(one.importId).queryKey });
      await queries.invalidateQueries({ queryKey: ['alumni'] });
    },
  );
  if (preview.isError) return <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />;
  if (preview.isPending) return <Skeleton h={120} />;
  const { waiting, approved, ended } = preview.data;
  const count = number(waiting);
  return (
    <section className="e-card" aria-labelledby="approval">
      <Title order={2} id="approval">
        {w.imports.approval}
      </Title>
      {approving.data && (
        <div style={{ marginTop: 8 }}>
          <Notice
            tone="teal"
            role="status"
            title={w.imports.approved(number(approving.data.approved))}
            focus
          />
        </div>
      )}
      {waiting === 0 ? (
        <p style={{ margin: '8px 0' }}>{w.imports.approvalNone}</p>
      ) : (
        <>
          <p className="e-text" style={{ margin: '4px 0 12px' }}>
            {w.imports.approvalText}
          </p>
          <Groups groups={preview.data.groups} />
        </>
      )}
      <p className="e-small e-dim" style={{ margin: '8px 0' }}>
        {w.imports.approvalBefore(number(approved), number(ended))}
      </p>
      {waiting > 0 && <Button onClick={() => setAsking(true)}>{w.imports.approve(count)}</Button>}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={w.imports.approveAsk(count)}
        closeButtonProps={{ 'aria-label': w.shell.close }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {w.imports.approveText}
          </p>
          {approving.isError && <ProblemNote error={approving.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {w.shell.cancel}
            </Button>
            <Button loading={approving.isPending} onClick={() => approving.mutate({ waiting })}>
              {w.imports.approve(count)}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  );
}

/** What would be approved, by purpose and version. */
function Groups({ groups }: Pick<ApprovalPreview, 'groups'>): ReactNode {
  const { w, language, number } = useWords();
  const titles = useQuery(purposeTitlesQuery);
  const titleOf = (purposeId: string): string =>
    titles.data?.find((purpose) => purpose.purposeId === purposeId)?.title[language] ?? purposeId.slice(0, 8);
  const c = w.imports.approvalColumns;
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={c.waiting}>
      <table className="e-table">
        <thead>
          <tr>
            <th scope="col">{c.purpose}</th>
            {[c.version, c.waiting, c.withScan, c.withNote, c.without].map((heading) => (
              <th key={heading} scope="col" className="e-num">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ purposeId, purposeVersion, waiting, withScan, withNote }) => (
            <tr key={`${purposeId} ${purposeVersion}`}>
              <td>{titleOf(purposeId)}</td>
              {[purposeVersion, waiting, withScan, withNote, waiting - withScan - withNote].map(
                (count, at) => (
                  <td key={at} className="e-num">
                    {number(count)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
