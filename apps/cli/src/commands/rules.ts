import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { time } from '../options';
import { plain } from '../output/plain';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';

/** From when on a rule has held, and the event that made it so. */
interface Since {
  readonly since: string;
  readonly eventId: string;
}

interface PurposeRule extends Since {
  readonly version: number;
  readonly revision: string;
  readonly noticeEventId: string | null;
  readonly noticeHash: Bilingual;
  readonly consentsFrom: number;
  readonly content: {
    readonly title: Bilingual;
    readonly channels: readonly string[];
    readonly validityMonths?: number;
  };
}

interface ProgrammeRule extends Since {
  readonly version: number;
  readonly eligibility: Bilingual;
  readonly content: { readonly title: Bilingual; readonly channels: readonly string[] };
}

interface Rules {
  readonly at: string;
  readonly leaves: number;
  readonly purposes: readonly {
    readonly code: string;
    readonly inForce: PurposeRule | null;
    readonly retired: Since | null;
  }[];
  readonly programmes: readonly {
    readonly code: string;
    readonly inForce: ProgrammeRule | null;
    readonly closed: Since | null;
  }[];
}

/** `enishi rules` */
export const RULES = leaf<{ at?: string; known?: string }>({
  usage: 'rules',
  summary:
    'the rules in force at a moment: purposes, notices and programmes, each since when and by which event',
  examples: ['rules', 'rules --at 2026-03-31', 'rules --at 2026-03-31 --known 2026-05-01 --json'],
  notes: 'Notices are named by their SHA-256; `purpose show <purpose> --version <number>` shows the text.',
  options: [
    time('--at <time>', 'as of that moment; a day means its end (default: now)'),
    time('--known <time>', 'by what was known then (default: as --at)'),
  ],
  async act(session, { at, known }) {
    const rules = await (await session.api()).get<Rules>('/v1/rules', { at, known });
    await session.show(rules, () => rulesText(session, rules));
    if (!session.json) {
      const { leaves } = rules;
      await session.note(
        session.t(
          `${when(rules.at)} 時点（イベント ${leaves} 件まで）`,
          `As of ${when(rules.at)}, by the first ${leaves} events`,
        ),
      );
    }
  },
});

function rulesText(session: Session, { purposes, programmes }: Rules): string {
  const parts = [
    session.palette.strong(session.t('利用目的', 'Purposes')),
    ...purposes.map(({ code, inForce, retired }) =>
      inForce === null
        ? standing(session, code, retired, session.t('廃止', 'retired'))
        : `${head(session, code, inForce)}\n${purposeText(session, inForce)}`,
    ),
    session.palette.strong(session.t('制度', 'Programmes')),
    ...programmes.map(({ code, inForce, closed }) =>
      inForce === null
        ? standing(session, code, closed, session.t('終了', 'closed'))
        : `${head(session, code, inForce)}\n${programmeText(session, inForce)}`,
    ),
  ];
  return `${parts.join('\n')}\n`;
}

function head(session: Session, code: string, rule: PurposeRule | ProgrammeRule): string {
  return plain(`  ${code}  ${rule.content.title[session.language]}  v${rule.version}`);
}

function standing(session: Session, code: string, ended: Since | null, word: string): string {
  return plain(
    ended === null
      ? `  ${code}  ${session.t('有効な版はない', 'no version in force')}`
      : `  ${code}  ${word}  ${when(ended.since)}  ${ended.eventId}`,
  );
}

function purposeText(session: Session, rule: PurposeRule): string {
  const { revision, content, noticeHash, noticeEventId, consentsFrom } = rule;
  const months = content.validityMonths;
  return indented([
    since(session, rule),
    [session.t('改訂の種別', 'Revision'), revision],
    [session.t('連絡手段', 'Channels'), content.channels.join(', ')],
    [
      session.t('同意の有効期間', 'Consents last'),
      months === undefined ? undefined : session.t(`${months} か月`, `${months} months`),
    ],
    [
      session.t('有効な同意', 'Consents count'),
      session.t(`第 ${consentsFrom} 版から`, `from version ${consentsFrom}`),
    ],
    [session.t('通知文 SHA-256（日）', 'Notice SHA-256, ja'), noticeHash.ja],
    [session.t('通知文 SHA-256（英）', 'Notice SHA-256, en'), noticeHash.en],
    [session.t('通知・公表', 'Notified by'), noticeEventId],
  ]);
}

function programmeText(session: Session, rule: ProgrammeRule): string {
  return indented([
    since(session, rule),
    [session.t('対象者', 'For whom'), rule.eligibility[session.language]],
    [session.t('連絡手段', 'Channels'), rule.content.channels.join(', ')],
  ]);
}

function since(session: Session, rule: Since): readonly [string, string] {
  return [session.t('効力発生', 'Since'), `${when(rule.since)}  ${rule.eventId}`];
}

function indented(pairs: Parameters<typeof facts>[0]): string {
  return facts(pairs).trimEnd().replaceAll(/^/gm, '    ');
}
