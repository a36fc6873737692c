import { Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { announceSignIn } from '../api/session';
import { Mark } from '../app/icons';
import { useWords } from '../words/language';

/** Shown in the tab that was opened only to sign in; the other tab goes on by itself. */
export function SignedIn(): ReactNode {
  const { w } = useWords();
  useEffect(() => {
    document.title = `${w.signIn.againTitle} · ${w.shell.product}`;
    announceSignIn();
    window.close();
  }, [w]);
  return (
    <div className="e-signin">
      <header />
      <main>
        <Mark />
        <Title order={1} my="md">
          {w.signIn.againTitle}
        </Title>
        <p className="e-text">{w.signIn.againText}</p>
      </main>
    </div>
  );
}
