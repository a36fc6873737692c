import { createContext, use, type ReactNode } from 'react';
import type { Me } from '../api/contract';

/** What a page asks of the server's permissions; they are checked there again. */
export type Permission =
  | 'imports:read'
  | 'imports:write'
  | 'alumni:read'
  | 'alumni:reveal'
  | 'consents:read'
  | 'consents:write'
  | 'duplicates:read'
  | 'duplicates:link'
  | 'evidence:read'
  | 'catalogue:read'
  | 'governance:read'
  | 'governance:write'
  | 'audit:read'
  | 'exports:request'
  | 'exports:approve'
  | 'accounts:read'
  | 'accounts:review'
  | 'operate:read'
  | 'erasure:read'
  | 'erasure:plan'
  | 'erasure:approve'
  | 'retention:read'
  | 'holds:write'
  | 'letters:read'
  | 'requests:read'
  | 'requests:write'
  | 'requests:decide';

const Context = createContext<Me | undefined>(undefined);

/** Gives everything below it the person who is signed in. */
export function AccountProvider({
  me,
  children,
}: {
  readonly me: Me;
  readonly children: ReactNode;
}): ReactNode {
  return <Context value={me}>{children}</Context>;
}

/** Who is signed in, and what they may do. @throws Error outside of {@link AccountProvider} */
export function useAccount(): Me & { readonly can: (permission: Permission) => boolean } {
  const me = use(Context);
  if (me === undefined) throw new Error('useAccount outside of AccountProvider');
  return { ...me, can: (permission) => me.permissions.includes(permission) };
}
