import { Button, Group, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RequestDetail } from '../api/request-contract';
import { useAccount } from '../app/account';
import { Icon } from '../app/icons';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import { useDeskWords } from './desk-words';
import { nextStep, otherSteps } from './next-step';
import type { Opened } from './opened';
import css from './requests.module.css';
import { StandingTags } from './standing-tags';

interface RequestHeadProps {
  readonly request: RequestDetail;
  readonly busy: boolean;
  readonly onOpen: (what: Opened | 'resume') => void;
}

/** How far a request is and why, who works on it, and the one next step; everything else in a menu. */
export function RequestHead({ request, busy, onOpen }: RequestHeadProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const words = useDeskWords();
  const { decision, outcome, assigneeId, assigneeName, deputyId, deputyName, kind } = request;
  const write = can('requests:write');
  const next = nextStep(request, { write, decide: can('requests:decide') });
  const fee = words.choices?.kinds.find((one) => one.kind === kind)?.fee ?? false;
  const others = write ? otherSteps(request, fee).filter((one) => one !== next.step) : [];
  const r = w.requests;
  return (
    <>
      <Group gap={8} mb={8}>
        <StandingTags request={request} />
        {decision !== undefined && <Tag tone="grey">{words.of('decision', decision)}</Tag>}
        {outcome !== undefined && <Tag tone="grey">{words.of('outcome', outcome)}</Tag>}
        {request.erased && <Tag tone="dark">{w.terms.consentState.erased}</Tag>}
        <Button size="compact-sm" variant="default" aria-haspopup="dialog" onClick={() => onOpen('why')}>
          {r.why.button}
        </Button>
      </Group>
      <p className="e-small e-dim" style={{ margin: '0 0 16px' }}>
        {r.assignee}：{assigneeId === undefined ? r.unassigned : (assigneeName ?? words.clerk(assigneeId))}
        {deputyId !== undefined && ` · ${r.deputy}：${deputyName ?? words.clerk(deputyId)}`}
      </p>
      <div className={css.next}>
        <p>{r.next[next.says]}</p>
        <Group gap={8} wrap="nowrap">
          {next.step !== undefined && (
            <Button loading={busy} onClick={() => onOpen(next.step!)}>
              {r.acts[next.step]}
            </Button>
          )}
          {others.length > 0 && (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <Button variant="default" rightSection={<Icon name="down" size={12} />}>
                  {r.otherActs}
                </Button>
              </Menu.Target>
              <Menu.Dropdown aria-label={r.otherActs}>
                {others.map((step) => (
                  <Menu.Item key={step} onClick={() => onOpen(step)}>
                    {r.acts[step]}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </div>
    </>
  );
}
