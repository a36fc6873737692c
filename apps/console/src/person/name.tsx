import type { ReactNode } from 'react';
import type { PersonKana, PersonName } from '../api/contract';
import { useWords } from '../words/language';
import css from './person.module.css';

/** A name as it is written here: family name first. Undefined where it was erased. */
export function nameText(name: PersonName | PersonKana | null | undefined): string | undefined {
  const text = [name?.family, name?.given].filter(Boolean).join(' ');
  return text === '' ? undefined : text;
}

interface NameProps {
  readonly name: PersonName | null | undefined;
  readonly kana: PersonKana | null | undefined;
}

/** A name with its reading small above it. */
export function NameWithKana({ name, kana }: NameProps): ReactNode {
  const { w } = useWords();
  const reading = nameText(kana);
  return (
    <span className={css.name} lang="ja">
      {reading !== undefined && <span className={css.kana}>{reading}</span>}
      <span>{nameText(name) ?? w.roster.erasedName}</span>
    </span>
  );
}
