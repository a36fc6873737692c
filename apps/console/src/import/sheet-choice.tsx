import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/problem';
import { Notice } from '../app/notice';
import { useWords } from '../words/language';

interface SheetChoiceProps {
  readonly problem: ApiProblem;
  readonly onChoose: (sheet: string) => void;
}

/** A workbook holds several lists: which one is meant is for a person to say. */
export function SheetChoice({ problem, onChoose }: SheetChoiceProps): ReactNode {
  const { w, language } = useWords();
  return (
    <Notice tone="amber" role="status" focus title={w.imports.chooseSheet}>
      <p style={{ margin: '0 0 8px' }}>{problem.messages?.[language]}</p>
      <Group gap="xs">
        {problem.sheets.map(({ number, name }) => (
          <Button key={number} size="xs" variant="default" onClick={() => onChoose(name)}>
            {name}
          </Button>
        ))}
      </Group>
    </Notice>
  );
}
