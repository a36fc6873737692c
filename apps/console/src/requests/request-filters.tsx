import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Chips, type Chip } from '../app/chips';
import { useWords } from '../words/language';
import {
  DUE_WITHIN,
  NO_FILTERS,
  REQUEST_STATES,
  type AddressChange,
  type DueWithin,
  type RequestsAddress,
  type RequestsState,
} from './address';
import { clerkChoices, useDeskWords } from './desk-words';
import css from './requests.module.css';

interface RequestFiltersProps {
  readonly address: RequestsAddress;
  readonly onChange: (changes: AddressChange) => void;
}

/** Which requests: menus, and below them the filters in use. */
export function RequestFilters({ address, onChange }: RequestFiltersProps): ReactNode {
  const { w } = useWords();
  const words = useDeskWords();
  const { accountId } = useAccount();
  const r = w.requests;
  const stateName = (state: RequestsState): string =>
    state === 'open' || state === 'all' ? r.states[state] : words.of('standing', state);
  const others = clerkChoices(words).filter(({ value }) => value !== accountId);
  const { state = 'open', kind, assignee, due } = address;
  const chip = (label: string, value: string, without: AddressChange): Chip => ({
    text: w.roster.chip(label, value),
    remove: () => onChange(without),
  });
  const chips: Chip[] = [
    ...(state === 'open' ? [] : [chip(r.state, stateName(state), { state: undefined })]),
    ...(kind === undefined ? [] : [chip(r.kind, words.kind(kind), { kind: undefined })]),
    ...(assignee === undefined
      ? []
      : [chip(r.assignee, assignee === accountId ? r.me : words.clerk(assignee), { assignee: undefined })]),
    ...(due === undefined ? [] : [chip(r.due, r.dueWithin[due], { due: undefined })]),
  ];
  return (
    <>
      <div className={css.bar}>
        <NativeSelect
          label={r.state}
          value={state}
          onChange={({ currentTarget: { value } }) =>
            onChange({ state: value === 'open' ? undefined : (value as RequestsState) })
          }
          data={REQUEST_STATES.map((value) => ({ value, label: stateName(value) }))}
        />
        <NativeSelect
          label={r.kind}
          value={kind ?? ''}
          onChange={({ currentTarget }) => onChange({ kind: currentTarget.value || undefined })}
          data={[
            { value: '', label: w.roster.any },
            ...(words.choices?.kinds ?? []).map((one) => ({ value: one.kind, label: words.kind(one.kind) })),
          ]}
        />
        <NativeSelect
          label={r.assignee}
          value={assignee ?? ''}
          onChange={({ currentTarget }) => onChange({ assignee: currentTarget.value || undefined })}
          data={[
            { value: '', label: w.roster.any },
            { value: accountId, label: r.me },
            ...others.map((one) => ({ ...one })),
          ]}
        />
        <NativeSelect
          label={r.due}
          value={due ?? ''}
          onChange={({ currentTarget }) =>
            onChange({ due: DUE_WITHIN.find((one: DueWithin) => one === currentTarget.value) })
          }
          data={[
            { value: '', label: w.roster.any },
            ...DUE_WITHIN.map((value) => ({ value, label: r.dueWithin[value] })),
          ]}
        />
      </div>
      <Chips chips={chips} onClear={() => onChange(NO_FILTERS)} />
    </>
  );
}
