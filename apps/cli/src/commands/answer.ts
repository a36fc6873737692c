import type { Bilingual } from '../language';
import type { Session } from '../session';

const UNCHANGED: Bilingual = { ja: '変更はありません', en: 'nothing changed' };

/** Prints what a command came to: one line for people, the answer under `--json`. */
export async function showDone(
  session: Session,
  answer: Readonly<Record<string, unknown>>,
  done: Bilingual,
  id?: string,
): Promise<void> {
  const what =
    answer.outcome === 'unchanged' ? `${session.say(done)}: ${session.say(UNCHANGED)}` : session.say(done);
  await session.show(
    answer,
    () => `${session.palette.good('✓')} ${what}${id === undefined ? '' : `  ${id}`}\n`,
  );
}
