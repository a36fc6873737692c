import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Asks for the next page of a list, where there is one. */
export function More({ pages }: { readonly pages: Pages }): ReactNode {
  const { w } = useWords();
  if (!pages.hasNextPage) return null;
  return (
    <Button
      variant="default"
      mt="md"
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {w.shell.more}
    </Button>
  );
}
