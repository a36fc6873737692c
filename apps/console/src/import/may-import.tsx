import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { useWords } from '../words/language';

/** Shows imports to who may import; everybody else learns who does, and is asked for no file. */
export function MayImport({ children }: { readonly children: ReactNode }): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  if (can('imports:write')) return children;
  return <Empty title={w.imports.notYoursTitle} text={w.imports.notYours} />;
}
