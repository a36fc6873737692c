import { Button, Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../api/queries';
import { SessionExpired } from '../sign-in/session-expired';
import { SignedIn } from '../sign-in/signed-in';
import { SignIn } from '../sign-in/sign-in';
import { useWords } from '../words/language';
import { AccountProvider } from './account';
import { Empty } from './empty';
import { router } from './routes';

/** Everything: the sign-in page where nobody is signed in, the console where somebody is. */
export function App(): ReactNode {
  const { w } = useWords();
  const me = useQuery(meQuery);
  if (me.isPending) {
    return (
      <Center h="100dvh" role="status" aria-label={w.shell.loading}>
        <Loader size="sm" />
      </Center>
    );
  }
  if (me.isError) {
    return (
      <main className="e-page">
        <Empty title={w.signIn.unreachableTitle} text={w.signIn.unreachableText}>
          <Button onClick={() => void me.refetch()}>{w.shell.retry}</Button>
        </Empty>
      </main>
    );
  }
  if (me.data === null) return <SignIn />;
  if (window.location.pathname === '/signed-in') return <SignedIn />;
  return (
    <AccountProvider me={me.data}>
      <RouterProvider router={router} />
      <SessionExpired />
    </AccountProvider>
  );
}
