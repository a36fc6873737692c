import { Button, Group, NativeSelect, Popover, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { MappingRequest } from '../api/import-contract';
import { savedMappingsQuery } from '../api/queries';
import { useWords } from '../words/language';

interface SavedMappingsProps {
  readonly busy: boolean;
  readonly onMap: (request: MappingRequest) => Promise<unknown>;
}

/** Takes a mapping that was kept under a name, or keeps this one. */
export function SavedMappings({ busy, onMap }: SavedMappingsProps): ReactNode {
  const { w } = useWords();
  const saved = useQuery(savedMappingsQuery);
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [naming, setNaming] = useState(false);
  const send = (request: MappingRequest, message: string): void => {
    const closeButtonProps = { 'aria-label': w.shell.close };
    void onMap(request).then(
      () => {
        setNaming(false);
        notifications.show({ message, closeButtonProps });
      },
      () => undefined,
    );
  };
  return (
    <Group align="flex-end" gap="xs" mb="sm">
      {saved.data !== undefined && saved.data.length > 0 && (
        <>
          <NativeSelect
            size="xs"
            label={w.imports.savedMappings}
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={[
              { value: '', label: w.imports.chooseSaved },
              ...saved.data.map((mapping) => ({ value: mapping.name, label: mapping.name })),
            ]}
          />
          <Button
            size="xs"
            variant="default"
            disabled={chosen === ''}
            loading={busy}
            onClick={() => send({ saved: chosen }, w.imports.applied)}
          >
            {w.imports.apply}
          </Button>
        </>
      )}
      <Popover
        opened={naming}
        onChange={setNaming}
        position="bottom-start"
        width={320}
        trapFocus
        withinPortal
      >
        <Popover.Target>
          <Button size="xs" variant="default" onClick={() => setNaming(!naming)}>
            {w.imports.saveAs}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={w.imports.saveAs}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() !== '') send({ saveAs: name.trim() }, w.imports.saved);
            }}
          >
            <TextInput
              label={w.imports.saveName}
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Button type="submit" size="xs" mt="xs" disabled={name.trim() === ''} loading={busy}>
              {w.imports.save}
            </Button>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}
