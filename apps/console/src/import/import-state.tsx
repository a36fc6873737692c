import type { ReactNode } from 'react';
import type { ImportState, LeaversImport, UndoState } from '../api/import-contract';
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

const UNDO_TONES: Readonly<Record<UndoState, string>> = {
  running: 'blue',
  done: 'grey',
  failed: 'red',
  interrupted: 'amber',
};

/** How far an import is; of one that is taken back, how far that is. */
export function ImportStateTag({ one }: { readonly one: Pick<LeaversImport, 'state' | 'undo'> }): ReactNode {
  const { w } = useWords();
  if (one.undo !== undefined) return <Tag tone={UNDO_TONES[one.undo]}>{w.imports.undoState[one.undo]}</Tag>;
  return <Tag tone={TONES[one.state]}>{w.imports.state[one.state]}</Tag>;
}
