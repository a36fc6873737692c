import { Button, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { signIn } from '../api/session';
import { LanguageSwitch, SchemeSwitch } from '../app/choices';
import { Mark } from '../app/icons';
import { useWords } from '../words/language';

/** What this is, who it is for, and the one way in. */
export function SignIn(): ReactNode {
  const { w } = useWords();
  useEffect(() => {
    document.title = `${w.signIn.title} · ${w.shell.product}`;
  }, [w]);
  return (
    <div className="e-signin">
      <header>
        <LanguageSwitch />
        <SchemeSwitch />
      </header>
      <main>
        <Mark />
        <Title order={1} mt="md">
          {w.shell.product}
        </Title>
        <p className="e-text" style={{ fontSize: 18, marginBottom: 24 }}>
          {w.shell.productLine}
        </p>
        <p className="e-text">{w.signIn.what}</p>
        <p className="e-text" style={{ margin: '8px 0 32px' }}>
          {w.signIn.who}
        </p>
        <Button size="md" onClick={signIn}>
          {w.signIn.button}
        </Button>
        <p className="e-text e-small e-dim" style={{ marginTop: 24 }}>
          {w.signIn.logged}
        </p>
      </main>
    </div>
  );
}
