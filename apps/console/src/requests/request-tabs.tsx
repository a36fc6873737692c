import { Button, Group, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { DueTag } from '../app/due-tag';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import { REQUEST_TABS, type RequestTab } from './address';
import { Asked } from './asked';
import { useDeskWords } from './desk-words';
import { LettersTab } from './letters-tab';
import { NotesTab } from './notes-tab';
import type { RequestTabProps } from './opened';
import css from './requests.module.css';

const route = getRouteApi('/requests/$requestId');

/** What was asked, the tasks, the letters and the notes of a request. */
export function RequestTabs({ request, onOpen }: RequestTabProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const navigate = route.useNavigate();
  const { tab = 'request' } = route.useSearch();
  const tabs = REQUEST_TABS.filter((one) => one !== 'letters' || can('letters:read'));
  const count: Partial<Record<RequestTab, number>> = { tasks: request.tasks.length };
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(value) =>
        void navigate({ search: value === 'request' ? {} : { tab: value as RequestTab }, replace: true })
      }
    >
      <Tabs.List mb="md">
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {w.requests.tabs[one]}
            {(count[one] ?? 0) > 0 && ` ${count[one]}`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="request">
        <Asked request={request} onOpen={onOpen} />
      </Tabs.Panel>
      <Tabs.Panel value="tasks">
        <Tasks request={request} onOpen={onOpen} />
      </Tabs.Panel>
      <Tabs.Panel value="letters">
        <LettersTab requestId={request.requestId} />
      </Tabs.Panel>
      <Tabs.Panel value="notes">
        <NotesTab request={request} onOpen={onOpen} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Tasks({ request, onOpen }: RequestTabProps): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const words = useDeskWords();
  const r = w.requests;
  const write = can('requests:write') && request.standing !== 'closed';
  return (
    <>
      <p className="e-text e-small e-dim" style={{ marginBottom: 12 }}>
        {r.tasksIntro}
      </p>
      {request.tasks.length === 0 && <p className="e-small">{r.tasksNone}</p>}
      <ul className={css.cards}>
        {request.tasks.map((task) => (
          <li key={task.taskId} className="e-card">
            <Group gap={8}>
              <strong>{task.system}</strong>
              {task.answer === undefined ? (
                <DueTag days={task.daysLeft} at={task.dueAt} />
              ) : (
                <Tag tone={task.answer === 'cannot' ? 'red' : 'teal'}>
                  {words.of('taskAnswer', task.answer)}
                </Tag>
              )}
            </Group>
            <p>{task.task ?? w.person.erased}</p>
            <p className="e-small e-dim">
              {r.fields.ownerId}：{task.ownerName ?? words.clerk(task.ownerId)}
            </p>
            {task.proof !== undefined && (
              <p className="e-small">
                <span className="e-dim">{r.fields.proof}：</span>
                {task.proof}
              </p>
            )}
            {write && task.answer === undefined && (
              <Button size="xs" variant="default" onClick={() => onOpen('answer', task)}>
                {r.acts.answer}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {write && request.verified && (
        <Button variant="default" onClick={() => onOpen('task')}>
          {r.acts.task}
        </Button>
      )}
    </>
  );
}
