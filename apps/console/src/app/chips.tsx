import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import css from './chips.module.css';
import { Icon } from './icons';

export interface Chip {
  readonly text: string;
  readonly remove: () => void;
}

interface ChipsProps {
  readonly chips: readonly Chip[];
  readonly onClear: () => void;
}

/** The filters in use, each with the way to take it away. */
export function Chips({ chips, onClear }: ChipsProps): ReactNode {
  const { w } = useWords();
  if (chips.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={w.roster.filters}>
      {chips.map(({ text, remove }) => (
        <li key={text}>
          <button type="button" className={css.chip} aria-label={w.roster.removeChip(text)} onClick={remove}>
            {text}
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={css.clear} onClick={onClear}>
          {w.roster.clearAll}
        </button>
      </li>
    </ul>
  );
}
