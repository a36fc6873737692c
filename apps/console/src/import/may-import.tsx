import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { useWords } from '../words/language';

/** Shows imports to who may see them; everybody else learns who does. */
export function MayImport({ children }: { readonly children: ReactNode }): ReactNode {
  const { w } = useWords();
  const { permissions } = useAccount();
  if (permissions.includes('imports:read')) return children;
  return <Empty title={w.imports.notYoursTitle} text={w.imports.notYours} />;
}
