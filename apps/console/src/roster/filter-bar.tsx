import { CloseButton, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ContactChannel, Programme, Purpose } from '../api/contract';
import type { Scope } from '../api/queries';
import { Icon } from '../app/icons';
import { useWords } from '../words/language';
import { CHANNELS, type AddressChange, type RosterAddress, type TypedFilters } from './address';
import { FilterPanel } from './filter-panel';
import css from './roster.module.css';
import { hasEnded } from './versions';

interface FilterBarProps {
  readonly purposes: readonly Purpose[];
  readonly programmes: readonly Programme[];
  readonly channels: readonly ContactChannel[];
  readonly scope: Scope;
  readonly address: RosterAddress;
  readonly typed: TypedFilters;
  readonly onTyped: (typed: TypedFilters) => void;
  readonly onChange: (changes: AddressChange) => void;
}

/** What for, by which channel, in which programme; the search box and the filters. */
export function FilterBar(props: FilterBarProps): ReactNode {
  const { purposes, programmes, channels, scope, address, typed, onTyped, onChange } = props;
  const { w, language } = useWords();
  return (
    <div className={css.bar}>
      <NativeSelect
        label={w.roster.purpose}
        value={scope.purposeId}
        onChange={({ currentTarget }) =>
          onChange({ purpose: currentTarget.value, programme: undefined, eligible: undefined })
        }
        data={purposes.map((one) => ({
          value: one.purposeId,
          label: hasEnded(one) ? w.roster.ended(one.title[language]) : one.title[language],
        }))}
        style={{ flex: '2 1 220px', maxWidth: 360 }}
      />
      <NativeSelect
        label={w.roster.channel}
        value={scope.channel}
        onChange={({ currentTarget }) =>
          onChange({ channel: CHANNELS.find((one) => one === currentTarget.value) })
        }
        data={channels.map((value) => ({ value, label: w.terms.contactChannel[value] }))}
        style={{ flex: '0 1 130px' }}
      />
      {programmes.length > 0 && (
        <NativeSelect
          label={w.roster.programme}
          value={scope.programmeId ?? ''}
          onChange={({ currentTarget }) =>
            onChange({
              programme: currentTarget.value || undefined,
              ...(currentTarget.value === '' && { eligible: undefined }),
            })
          }
          data={[
            { value: '', label: w.roster.anyProgramme },
            ...programmes.map(({ programmeId, title }) => ({ value: programmeId, label: title[language] })),
          ]}
          style={{ flex: '1 1 160px', maxWidth: 260 }}
        />
      )}
      <TextInput
        label={w.roster.searchLabel}
        placeholder={w.roster.searchPlaceholder}
        value={typed.text}
        onChange={({ currentTarget }) => onTyped({ ...typed, text: currentTarget.value })}
        leftSection={<Icon name="search" />}
        rightSection={
          typed.text !== '' && (
            <CloseButton
              size="sm"
              aria-label={w.roster.removeChip(typed.text)}
              onClick={() => onTyped({ ...typed, text: '' })}
            />
          )
        }
        autoComplete="off"
        spellCheck={false}
        style={{ flex: '1 1 200px', maxWidth: 280 }}
      />
      <FilterPanel
        address={address}
        typed={typed}
        programme={scope.programmeId !== undefined}
        onTyped={onTyped}
        onChange={onChange}
      />
    </div>
  );
}
