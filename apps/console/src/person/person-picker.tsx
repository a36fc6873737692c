import { Button, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { purposesQuery } from '../api/queries';
import { Icon } from '../app/icons';
import { ProblemNote } from '../app/problem-note';
import { versionToShow } from '../roster/versions';
import { useWords } from '../words/language';
import { foundPeopleQuery, isId } from './found';
import { NameWithKana, nameText } from './name';
import css from './person.module.css';
import { PersonRef, usePersonName } from './person-ref';

interface PersonPickerProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** One person only: the next replaces the one before. */
  readonly single?: boolean;
}

/** Finds people by POST, so that no name stands in an address, and keeps those who were added. */
export function PersonPicker({ chosen, onChange, single = false }: PersonPickerProps): ReactNode {
  const { w, number } = useWords();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 250);
  const add = (alumnusId: string): void => {
    setTyped('');
    onChange(single ? [alumnusId] : [...new Set([...chosen, alumnusId])]);
  };
  return (
    <div>
      <TextInput
        label={w.person.picker.label}
        description={w.person.picker.hint}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
        }}
        leftSection={<Icon name="search" />}
        autoComplete="off"
        spellCheck={false}
        maw={480}
      />
      {text !== '' &&
        (isId(text) ? (
          <ul className={css.people} aria-label={w.person.picker.label}>
            <Named alumnusId={text} onAdd={() => add(text)} />
          </ul>
        ) : (
          <Found text={text} chosen={chosen} onAdd={add} />
        ))}
      {chosen.length > 0 && (
        <>
          {!single && (
            <p className="e-small e-dim" role="status" style={{ margin: '12px 0 4px' }}>
              {w.person.picker.chosen(number(chosen.length))}
            </p>
          )}
          <ul className={css.people} aria-label={w.person.picker.added}>
            {chosen.map((alumnusId) => (
              <Chosen
                key={alumnusId}
                alumnusId={alumnusId}
                onRemove={() => onChange(chosen.filter((one) => one !== alumnusId))}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface FoundProps {
  readonly text: string;
  readonly chosen: readonly string[];
  readonly onAdd: (alumnusId: string) => void;
}

function Found({ text, chosen, onAdd }: FoundProps): ReactNode {
  const { w } = useWords();
  const purposes = useQuery(purposesQuery);
  const purpose = purposes.data?.find((one) => versionToShow(one) !== undefined);
  const channel = (purpose && versionToShow(purpose)?.content.channels[0]) ?? 'email';
  const found = useQuery({
    ...foundPeopleQuery(purpose?.purposeId ?? '', channel, text),
    enabled: purpose !== undefined,
  });
  if (purposes.isError) return <ProblemNote error={purposes.error} onRetry={() => void purposes.refetch()} />;
  if (purposes.data && purpose === undefined)
    return <p className="e-small e-dim">{w.person.picker.noPurpose}</p>;
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Loader size="xs" mt="xs" aria-label={w.shell.loading} />;
  const rows = found.data.filter(({ alumnusId }) => !chosen.includes(alumnusId));
  if (rows.length === 0) return <p className="e-small e-dim">{w.person.picker.none}</p>;
  return (
    <ul className={css.people} aria-label={w.person.picker.label}>
      {rows.map(({ alumnusId, name, kana, department }) => (
        <li key={alumnusId}>
          <span>
            <NameWithKana name={name} kana={kana} /> <span className="e-tiny e-dim">{department}</span>
          </span>
          <AddButton name={nameText(name) ?? alumnusId.slice(0, 8)} onAdd={() => onAdd(alumnusId)} />
        </li>
      ))}
    </ul>
  );
}

function Named({ alumnusId, onAdd }: { readonly alumnusId: string; readonly onAdd: () => void }): ReactNode {
  const name = usePersonName(alumnusId);
  return (
    <li>
      <PersonRef alumnusId={alumnusId} />
      <AddButton name={name} onAdd={onAdd} />
    </li>
  );
}

function AddButton({ name, onAdd }: { readonly name: string; readonly onAdd: () => void }): ReactNode {
  const { w } = useWords();
  return (
    <Button size="xs" variant="default" aria-label={w.person.picker.add(name)} onClick={onAdd}>
      {w.person.picker.addShort}
    </Button>
  );
}

interface ChosenProps {
  readonly alumnusId: string;
  readonly onRemove: () => void;
}

function Chosen({ alumnusId, onRemove }: ChosenProps): ReactNode {
  const { w } = useWords();
  const name = usePersonName(alumnusId);
  return (
    <li>
      <PersonRef alumnusId={alumnusId} />
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        c="var(--mantine-color-text)"
        aria-label={w.person.picker.remove(name)}
        onClick={onRemove}
      >
        {w.person.picker.removeShort}
      </Button>
    </li>
  );
}
