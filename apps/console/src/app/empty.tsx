import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';

interface EmptyProps {
  readonly title: string;
  readonly text: string;
  /** The command that does the next step, where no page does. */
  readonly command?: string;
  /** What stands above it, where it is no command. */
  readonly commandTitle?: string;
  readonly children?: ReactNode;
}

/** Empty is a page: what this is, why it is empty, the next step. */
export function Empty({ title, text, command, commandTitle, children }: EmptyProps): ReactNode {
  const { w } = useWords();
  return (
    <section className="e-empty">
      <Title order={2} mb={8}>
        {title}
      </Title>
      <p className="e-text">{text}</p>
      {command !== undefined && (
        <>
          <p className="e-text e-small e-dim" style={{ marginTop: 16 }}>
            {commandTitle ?? w.shell.orByCommand}
          </p>
          <pre tabIndex={0}>{command}</pre>
        </>
      )}
      {children !== undefined && <div style={{ marginTop: 20 }}>{children}</div>}
    </section>
  );
}
