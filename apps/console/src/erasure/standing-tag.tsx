import type { ReactNode } from 'react';
import { Icon } from '../app/icons';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import type { Standing } from './erasures';

const TONES: Readonly<Record<Standing, string>> = {
  drafting: 'grey',
  proposed: 'amber',
  refused: 'grey',
  approved: 'blue',
  running: 'blue',
  executed: 'dark',
};

/** How far a plan of erasure is. */
export function StandingTag({ standing }: { readonly standing: Standing }): ReactNode {
  const { w } = useWords();
  return (
    <Tag tone={TONES[standing]}>
      {standing === 'executed' && <Icon name="lock" size={12} />}
      {w.erasure.standing[standing]}
    </Tag>
  );
}
