import type { ReactNode } from 'react';
import type { ImportState } from '../api/import-contract';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';

const TONES: Readonly<Record<ImportState, string>> = {
  staged: 'grey',
  checking: 'blue',
  checked: 'blue',
  running: 'blue',
  done: 'teal',
  failed: 'red',
  interrupted: 'amber',
  cancelled: 'grey',
};

/** How far an import is. */
export function ImportStateTag({ state }: { readonly state: ImportState }): ReactNode {
  const { w } = useWords();
  return <Tag tone={TONES[state]}>{w.imports.state[state]}</Tag>;
}
