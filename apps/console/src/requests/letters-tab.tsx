import { Button, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAct } from '../api/act';
import { askFile } from '../api/client';
import type { RequestLetter } from '../api/request-contract';
import { ProblemNote } from '../app/problem-note';
import { saveFile } from '../app/save-file';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import { requestLettersQuery } from './queries';
import css from './requests.module.css';

const TONES: Readonly<Record<string, string>> = { sent: 'teal', 'not-delivered': 'red', issued: 'blue' };

/** Letters to the person about a request, each with its document number. */
export function LettersTab({ requestId }: { readonly requestId: string }): ReactNode {
  const { w } = useWords();
  const letters = useQuery(requestLettersQuery(requestId));
  if (letters.isError) return <ProblemNote error={letters.error} onRetry={() => void letters.refetch()} />;
  if (letters.isPending) return <Skeleton h={80} />;
  if (letters.data.length === 0) return <p className="e-text e-small">{w.requests.lettersNone}</p>;
  return (
    <ul className={css.cards}>
      {letters.data.map((letter) => (
        <Letter key={letter.letterId} letter={letter} />
      ))}
    </ul>
  );
}

function Letter({ letter: { letterId, ...letter } }: { readonly letter: RequestLetter }): ReactNode {
  const { w, instant } = useWords();
  const { letters: l } = w.requests;
  const named = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;
  const saving = useAct(async (number: string) =>
    saveFile(await askFile(`/v1/letters/${letterId}/pdf`), `${number}.pdf`),
  );
  const { documentNumber } = letter;
  return (
    <li className="e-card">
      <Group gap={8}>
        <strong>{named(l.kinds, letter.letter)}</strong>
        <Tag tone={TONES[letter.standing] ?? 'grey'}>{named(l.standings, letter.standing)}</Tag>
      </Group>
      <p className="e-small">
        {documentNumber ?? l.unnumbered} · {named(l.means, letter.means)} ·{' '}
        <time dateTime={letter.orderedAt}>{instant(letter.orderedAt)}</time>
      </p>
      {documentNumber !== undefined && (
        <Button
          size="xs"
          variant="default"
          loading={saving.isPending}
          onClick={() => saving.mutate(documentNumber)}
        >
          {l.save}
        </Button>
      )}
      {saving.isError && <ProblemNote error={saving.error} />}
    </li>
  );
}
