import { CONTACT_CHANNELS } from '@enishi/domain';
import type { Reason, TimedEvent } from '../answers';
import { badInput } from '../failure';
import { write } from '../io';
import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { choice, option } from '../options';
import { plain } from '../output/plain';
import { when } from '../output/when';
import type { Session } from '../session';
import { readPages } from './pages';
import { questionOf } from './question';
import { reasonText } from './why';

/** What a person's answer for a purpose and channel comes to. */
interface ConsentStanding {
  readonly purposeId: string;
  readonly channel: string;
  readonly state: string;
  readonly version?: number | null;
  readonly expiresAt?: string | null;
}

/** One step of a person's trail, with the state after it. */
interface ReplayStep {
  readonly at: string;
  readonly event: TimedEvent | null;
  readonly changed: boolean;
  readonly state: {
    readonly registered: boolean;
    readonly channels: readonly string[];
    readonly employments: number;
    readonly returned: boolean;
    readonly died: boolean;
    readonly erasing: boolean;
    readonly holds: number;
  };
  readonly consents: readonly ConsentStanding[];
  readonly answer: 'yes' | 'no' | null;
  readonly reasons: readonly Reason[];
  readonly approachable: boolean | null;
}

interface Options {
  readonly purpose?: string;
  readonly channel?: string;
  readonly programme?: string;
}

/** `enishi replay` */
export const REPLAY = leaf<Options>({
  usage: 'replay <alumnus>',
  summary: 'one person’s trail step by step: what happened, and what was known and held after it',
  examples: ['replay 3f2a9c1e --purpose rehire --channel email', 'replay 3f2a9c1e --json'],
  notes:
    'Each state is of that moment, by what was known then: what was recorded later changes no earlier step.',
  options: [
    option(
      '--purpose <purpose>',
      'code or id of a purpose: each step says whether the person might be contacted for it',
    ),
    choice('--channel <channel>', 'by this contact channel; goes with --purpose', CONTACT_CHANNELS),
    option('--programme <programme>', 'code or id of a programme, with its eligibility rule'),
  ],
  async act(session, options, [name = '']) {
    const api = await session.api();
    const { purpose, channel, programme } = options;
    const asked = purpose !== undefined && channel !== undefined;
    if (!asked && (purpose ?? channel ?? programme) !== undefined) throw halfAQuestion();
    const query = asked ? await questionOf(api, { ...options, purpose, channel }) : {};
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/replay`;
    const { rows } = await readPages(async (cursor) => {
      const page = await api.get<{ steps: ReplayStep[]; cursor?: string }>(path, {
        ...query,
        cursor,
        limit: 500,
      });
      return { rows: page.steps, next: page.cursor };
    }, true);
    const text = session.json
      ? rows.map((step) => `${JSON.stringify(step)}\n`).join('')
      : rows.map((step) => stepText(session, step)).join('\n');
    await write(session.io.stdout, text);
  },
});

function halfAQuestion() {
  return badInput(
    'question-not-whole',
    '--purpose と --channel は一緒に指定します。',
    '--purpose and --channel go together.',
    { ja: 'どちらも指定しなければ、状態だけが出ます。', en: 'Without both, only the state is shown.' },
  );
}

function stepText(session: Session, step: ReplayStep): string {
  const { palette } = session;
  const { event, at } = step;
  const title =
    event === null
      ? session.t('時の経過（発効または期限）', 'time passed: something took effect, or expired')
      : plain(event.summary?.[session.language] ?? event.type);
  const times = event === null ? '' : `  ${session.t('発効', 'effective')} ${plain(when(event.effectiveAt))}`;
  const id = event === null ? '' : `  ${palette.faint(plain(event.eventId))}`;
  const lines = [
    `${plain(when(at))}  ${palette.strong(title)}${id}${times === '' ? '' : `\n   ${times}`}`,
    `     ${stateText(session, step)}`,
    ...step.consents.map((consent) => `     ${consentText(session, consent)}`),
    ...answerLines(session, step),
  ];
  return `${lines.join('\n')}\n`;
}

function stateText(session: Session, { state }: ReplayStep): string {
  if (!state.registered) return session.t('登録なし', 'not registered');
  const address = state.channels.length === 0 ? session.t('なし', 'none') : state.channels.join(', ');
  const parts = [
    session.t(`連絡先 ${address}`, `addresses ${address}`),
    session.t(`在籍 ${state.employments} 件`, `employments ${state.employments}`),
    state.returned && session.t('復職', 'returned'),
    state.died && session.t('死亡', 'died'),
    state.erasing && session.t('消去', 'erased or being erased'),
    state.holds > 0 && session.t(`保全 ${state.holds} 件`, `holds ${state.holds}`),
  ];
  return plain(parts.filter((part) => part !== false).join('  '));
}

const STATES: Readonly<Record<string, Bilingual>> = {
  requested: { ja: '依頼中', en: 'requested' },
  granted: { ja: '同意', en: 'granted' },
  refused: { ja: '拒否', en: 'refused' },
  withdrawn: { ja: '撤回', en: 'withdrawn' },
  expired: { ja: '期限切れ', en: 'expired' },
  invalidated: { ja: '誤記録', en: 'recorded in error' },
};

function consentText(session: Session, consent: ConsentStanding): string {
  const { purposeId, channel, state, version, expiresAt } = consent;
  const called = STATES[state];
  const parts = [
    `${purposeId.slice(0, 8)} ${channel}`,
    called === undefined ? state : session.say(called),
    version == null ? undefined : session.t(`第 ${version} 版`, `version ${version}`),
    expiresAt == null ? undefined : `${session.t('期限', 'until')} ${when(expiresAt)}`,
  ];
  return plain(parts.filter((part) => part !== undefined).join('  '));
}

function answerLines(session: Session, { answer, changed, reasons, approachable }: ReplayStep): string[] {
  if (answer === null) return [];
  const { palette } = session;
  const mark = changed ? '→' : ' ';
  if (answer === 'yes') return [`   ${mark} ${palette.good(session.t('連絡できる', 'may be contacted'))}`];
  const asking =
    approachable === true ? session.t('（同意の依頼はできる）', ' (may be asked for consent)') : '';
  const no = session.t('連絡できない', 'may not be contacted');
  return [
    `   ${mark} ${palette.warn(no)}${asking}`,
    ...reasons.map((reason) => `       - ${reasonText(session, reason)}`),
  ];
}
