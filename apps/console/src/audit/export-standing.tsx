import type { ReactNode } from 'react';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import type { Standing } from './exports';

const TONES: Readonly<Record<Standing, string>> = {
  requested: 'amber',
  approved: 'blue',
  refused: 'grey',
  making: 'blue',
  made: 'teal',
  'handed-over': 'teal',
  purged: 'grey',
  expired: 'grey',
};

/** How far an export is. */
export function ExportStandingTag({ standing }: { readonly standing: Standing }): ReactNode {
  const { w } = useWords();
  return <Tag tone={TONES[standing]}>{w.audit.standing[standing]}</Tag>;
}
