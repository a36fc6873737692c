import { NativeSelect, SimpleGrid, Switch, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { DateOrder, LeaversImport, MappingRequest } from '../api/import-contract';
import { useWords } from '../words/language';

interface MappingOptionsProps {
  readonly options: LeaversImport['options'];
  readonly onChange: (request: MappingRequest) => void;
}

const SOURCE = /^[a-z0-9][a-z0-9-]{0,40}$/;
const ORDERS: readonly DateOrder[] = ['ymd', 'mdy', 'dmy'];

/** How dates are read, whose numbers these are, and whether free text may enter at all. */
export function MappingOptions({ options, onChange }: MappingOptionsProps): ReactNode {
  const { w } = useWords();
  const i = w.imports;
  const [source, setSource] = useState(options.source ?? 'hr');
  const valid = SOURCE.test(source);
  const isLeavers = options.kind === 'leavers';
  return (
    <>
      <Title order={3} mt="lg" mb="xs">
        {i.options}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" verticalSpacing="md">
        <TextInput
          label={i.source}
          description={i.sourceHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={source}
          error={valid ? undefined : i.sourceWrong}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
          onBlur={() => valid && source !== (options.source ?? 'hr') && onChange({ source })}
        />
        {isLeavers && (
          <NativeSelect
            label={i.dateOrder}
            value={options.dateOrder ?? 'ymd'}
            onChange={({ currentTarget }) => {
              const dateOrder = ORDERS.find((order) => order === currentTarget.value);
              if (dateOrder) onChange({ dateOrder });
            }}
            data={ORDERS.map((value) => ({ value, label: i.dateOrders[value] }))}
          />
        )}
      </SimpleGrid>
      {isLeavers && (
        <Switch
          mt="md"
          label={i.freeText}
          description={i.freeTextHint}
          checked={options.freeText}
          onChange={({ currentTarget }) => onChange({ freeText: currentTarget.checked })}
        />
      )}
    </>
  );
}
