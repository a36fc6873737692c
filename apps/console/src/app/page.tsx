import { Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useWords } from '../words/language';

interface PageProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** A page: its title, also in the browser's tab, one thing beside it, and the content. */
export function Page({ title, aside, narrow = false, children }: PageProps): ReactNode {
  const { w } = useWords();
  useEffect(() => {
    document.title = `${title} · ${w.shell.product}`;
  }, [title, w]);
  return (
    <div className={narrow ? 'e-page e-narrow' : 'e-page'}>
      <Group justify="space-between" align="center" mb="md" gap="md">
        <Title order={1}>{title}</Title>
        {aside}
      </Group>
      {children}
    </div>
  );
}
