import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import css from './erasure.module.css';

interface NumbersProps {
  readonly people: number;
  readonly held: number;
  readonly empty: number;
}

/** Of how many people data would go, and how many are left out and why. */
export function Numbers({ people, held, empty }: NumbersProps): ReactNode {
  const { w, number } = useWords();
  return (
    <ul className={css.numbers}>
      <li>
        <strong>{w.erasure.willGo(number(people))}</strong>
      </li>
      {held > 0 && <li data-minor>{w.erasure.heldOut(number(held))}</li>}
      {empty > 0 && <li data-minor>{w.erasure.emptyOut(number(empty))}</li>}
    </ul>
  );
}
