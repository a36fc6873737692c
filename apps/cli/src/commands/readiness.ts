import { EXIT } from '../exit-codes';
import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { plain } from '../output/plain';
import { when } from '../output/when';
import type { Session } from '../session';

interface Point {
  readonly number: number;
  readonly question: Bilingual;
  readonly met: boolean;
  readonly proofs: readonly { readonly what: Bilingual; readonly eventId: string }[];
  readonly missing: readonly { readonly messages: Bilingual; readonly command: string }[];
}

interface Readiness {
  readonly at: string;
  readonly ready: boolean;
  readonly consents: number;
  readonly incomplete: number;
  readonly points: readonly Point[];
}

/** `enishi readiness` */
export const READINESS = leaf<object>({
  usage: 'readiness',
  summary:
    'the five points that compliance is asked, each with the events that prove it or with what is missing',
  examples: ['readiness', 'readiness --lang en', 'readiness --json > readiness.json'],
  notes: 'Exit code 6 while a point is open.',
  async act(session) {
    const answer = await (await session.api()).get<Readiness>('/v1/readiness-checklist');
    await session.show(answer, () => readinessText(session, answer));
    return answer.ready ? EXIT.ok : EXIT.partly;
  },
});

function readinessText(session: Session, { at, ready, consents, incomplete, points }: Readiness): string {
  const { palette } = session;
  const met = points.filter((point) => point.met).length;
  const head = ready
    ? palette.good(session.t('5 項目すべてを満たしています。', 'All five points are met.'))
    : palette.warn(session.t(`5 項目のうち ${met} 項目を満たしています。`, `${met} of five points are met.`));
  const foot = session.t(
    `${when(at)} 時点。同意 ${consents} 件（うち証跡の不足 ${incomplete} 件）。`,
    `As of ${when(at)}. Consents: ${consents}, with incomplete evidence: ${incomplete}.`,
  );
  return `${head}\n\n${points.map((point) => pointText(session, point)).join('\n')}\n${foot}\n`;
}

function pointText(session: Session, { number, question, met, proofs, missing }: Point): string {
  const { palette } = session;
  const mark = met ? palette.good('✓') : palette.bad('×');
  const lines = [
    `${mark} ${number}. ${palette.strong(plain(session.say(question)))}`,
    ...missing.flatMap(({ messages, command }) => [
      `     ${palette.bad('×')} ${plain(session.say(messages))}`,
      `       → ${command}`,
    ]),
    ...proofs.map(({ what, eventId }) => `     ${palette.faint(eventId)}  ${plain(session.say(what))}`),
  ];
  return `${lines.join('\n')}\n`;
}
