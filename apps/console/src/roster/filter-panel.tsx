import { Button, Checkbox, Group, NativeSelect, Popover, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { choicesQuery } from '../api/queries';
import { Icon } from '../app/icons';
import { useWords } from '../words/language';
import {
  LEAVING_KINDS,
  leavingKinds,
  type AddressChange,
  type RosterAddress,
  type TypedFilters,
} from './address';

interface FilterPanelProps {
  readonly address: RosterAddress;
  readonly typed: TypedFilters;
  /** Whether a programme is chosen, so that eligibility means something. */
  readonly programme: boolean;
  readonly onTyped: (typed: TypedFilters) => void;
  readonly onChange: (changes: AddressChange) => void;
}

/** The filters that are not always in sight. Each takes effect at once. */
export function FilterPanel({ address, typed, programme, onTyped, onChange }: FilterPanelProps): ReactNode {
  const { w } = useWords();
  const choices = useQuery(choicesQuery);
  const kinds = leavingKinds(address.leaving);
  const years = (text: string): number | undefined =>
    text === '' || Number(text) < 0 ? undefined : Math.min(99, Math.floor(Number(text)));
  const select = (of: readonly string[] | undefined) => [
    { value: '', label: w.roster.any },
    ...(of ?? []).map((value) => ({ value, label: value })),
  ];

  return (
    <Popover position="bottom-start" width={440} trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon name="filter" />}>
          {w.roster.filter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={w.roster.filter}>
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
            <NativeSelect
              label={w.roster.department}
              value={typed.department}
              onChange={({ currentTarget }) => onTyped({ ...typed, department: currentTarget.value })}
              data={select(choices.data?.departments)}
            />
            <NativeSelect
              label={w.roster.job}
              value={typed.job}
              onChange={({ currentTarget }) => onTyped({ ...typed, job: currentTarget.value })}
              data={select(choices.data?.jobs)}
            />
            <TextInput
              type="number"
              min={0}
              max={99}
              label={w.roster.serviceFrom}
              value={address.atLeast ?? ''}
              onChange={({ currentTarget }) => onChange({ atLeast: years(currentTarget.value) })}
            />
            <TextInput
              type="number"
              min={0}
              max={99}
              label={w.roster.serviceTo}
              value={address.atMost ?? ''}
              onChange={({ currentTarget }) => onChange({ atMost: years(currentTarget.value) })}
            />
            <TextInput
              type="date"
              label={w.roster.leftFrom}
              defaultValue={address.leftFrom ?? ''}
              onChange={({ currentTarget }) => onChange({ leftFrom: currentTarget.value || undefined })}
            />
            <TextInput
              type="date"
              label={w.roster.leftTo}
              defaultValue={address.leftTo ?? ''}
              onChange={({ currentTarget }) => onChange({ leftTo: currentTarget.value || undefined })}
            />
          </SimpleGrid>
          <Checkbox.Group
            label={w.roster.leavingKind}
            value={[...kinds]}
            onChange={(next) => onChange({ leaving: next.join(',') || undefined })}
          >
            <Group gap="xs" mt={4}>
              {LEAVING_KINDS.map((kind) => (
                <Checkbox key={kind} size="xs" value={kind} label={w.terms.leavingKind[kind]} />
              ))}
            </Group>
          </Checkbox.Group>
          <NativeSelect
            label={w.roster.eligibility}
            description={programme ? undefined : w.roster.eligibleNeedsProgramme}
            disabled={!programme}
            value={address.eligible ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange({ eligible: value === 'yes' || value === 'no' ? value : undefined })
            }
            data={[
              { value: '', label: w.roster.eligible.any },
              { value: 'yes', label: w.roster.eligible.yes },
              { value: 'no', label: w.roster.eligible.no },
            ]}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
