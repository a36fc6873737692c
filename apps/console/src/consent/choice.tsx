import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';

interface ChoiceProps<Code extends string> {
  readonly label: string;
  /** Empty until somebody chose. */
  readonly value: Code | '';
  readonly words: Readonly<Record<Code, string>>;
  readonly error: string | undefined;
  readonly onChoose: (code: Code | '') => void;
}

/** One of a closed list that must be chosen: nothing is chosen beforehand. */
export function Choice<Code extends string>(props: ChoiceProps<Code>): ReactNode {
  const { label, value, words, error, onChoose } = props;
  const { w } = useWords();
  const codes = Object.keys(words) as Code[];
  return (
    <NativeSelect
      label={label}
      value={value}
      required
      error={error}
      onChange={({ currentTarget }) => onChoose(codes.find((code) => code === currentTarget.value) ?? '')}
      data={[
        { value: '', label: w.shell.choose },
        ...codes.map((code) => ({ value: code, label: words[code] })),
      ]}
    />
  );
}
