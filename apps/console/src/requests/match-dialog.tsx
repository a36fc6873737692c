import { Button, Group, Modal, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { purposesQuery } from '../api/queries';
import type { RequestDetail } from '../api/request-contract';
import { Icon } from '../app/icons';
import { ProblemNote } from '../app/problem-note';
import { foundPeopleQuery } from '../person/found';
import { NameWithKana, nameText } from '../person/name';
import { versionToShow } from '../roster/versions';
import { useWords } from '../words/language';
import css from './requests.module.css';

interface MatchDialogProps {
  readonly request: RequestDetail;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Finds the record of the person that a request is about, by name, and says that it is theirs. */
export function MatchDialog({ request, onDone, onClose }: MatchDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 250);
  const matching = useAct(
    ({ alumnusId, revision }: { readonly alumnusId: string; readonly revision: number }, key) =>
      act('POST', `/v1/requests/${request.requestId}/matches`, { alumnusId }, key, revision),
    async () => {
      await queries.invalidateQueries({ queryKey: ['requests'] });
      onDone();
    },
  );
  const r = w.requests;
  return (
    <Modal
      opened
      onClose={onClose}
      size={620}
      title={r.match}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <p className="e-small" style={{ margin: '0 0 12px' }}>
        {r.matchText(request.requester ?? w.person.erased)}
      </p>
      <TextInput
        label={w.roster.searchLabel}
        placeholder={w.roster.searchPlaceholder}
        value={typed}
        leftSection={<Icon name="search" />}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {matching.isError && <ProblemNote error={matching.error} />}
      <Found
        text={text}
        busy={matching.isPending ? matching.variables.alumnusId : undefined}
        onChoose={(alumnusId) => matching.mutate({ alumnusId, revision: request.revision })}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {w.shell.cancel}
        </Button>
      </Group>
    </Modal>
  );
}

interface FoundProps {
  readonly text: string;
  readonly busy: string | undefined;
  readonly onChoose: (alumnusId: string) => void;
}

function Found({ text, busy, onChoose }: FoundProps): ReactNode {
  const { w, shortDay } = useWords();
  const purposes = useQuery(purposesQuery);
  const purpose = purposes.data?.find((one) => versionToShow(one) !== undefined);
  const channel = (purpose && versionToShow(purpose)?.content.channels[0]) ?? 'email';
  const people = useQuery({
    ...foundPeopleQuery(purpose?.purposeId ?? '', channel, text),
    enabled: text !== '' && purpose !== undefined,
  });
  if (purposes.isSuccess && purpose === undefined) {
    return <p className="e-small">{w.person.picker.noPurpose}</p>;
  }
  if (people.isError) return <ProblemNote error={people.error} />;
  if (text === '') return null;
  if (people.isPending) return <Skeleton h={80} mt="md" />;
  if (people.data.length === 0) {
    return (
      <p className="e-small" role="status">
        {w.requests.nobodyFound}
      </p>
    );
  }
  return (
    <ul className={css.found}>
      {people.data.map((row) => (
        <li key={row.alumnusId}>
          <div>
            <NameWithKana name={row.name} kana={row.kana} />
            <div className="e-tiny e-dim">
              {[
                row.department,
                row.joinedOn !== null &&
                  row.leftOn !== null &&
                  w.roster.period(shortDay(row.joinedOn), shortDay(row.leftOn)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </div>
          <Button
            size="xs"
            variant="default"
            loading={busy === row.alumnusId}
            aria-label={w.requests.matchWith(nameText(row.name) ?? w.roster.erasedName)}
            onClick={() => onChoose(row.alumnusId)}
          >
            {w.requests.matchButton}
          </Button>
        </li>
      ))}
    </ul>
  );
}
