import type { Bilingual } from '../language';
import { plain } from '../output/plain';
import { when } from '../output/when';
import type { Session } from '../session';

/** What the clear fields of events are called. One that is not here keeps its own name. */
const NAMES: Readonly<Record<string, Bilingual>> = {
  alumnusId: { ja: '本人', en: 'alumnus' },
  otherId: { ja: 'もう一方の記録', en: 'other record' },
  linkId: { ja: '紐づけの記録', en: 'link' },
  purposeId: { ja: '利用目的', en: 'purpose' },
  programmeId: { ja: '制度', en: 'programme' },
  importId: { ja: '取り込み', en: 'import' },
  version: { ja: '版', en: 'version' },
  purposeVersion: { ja: '版', en: 'version' },
  channels: { ja: '連絡手段', en: 'channels' },
  captureChannel: { ja: '取得方法', en: 'capture' },
  method: { ja: '意思表示の形', en: 'method' },
  party: { ja: '意思を示した人', en: 'party' },
  identityCheck: { ja: '本人確認', en: 'identity check' },
  language: { ja: '言語', en: 'language' },
  noticeHash: { ja: '通知文の SHA-256', en: 'notice SHA-256' },
  artefactId: { ja: '証跡ファイル', en: 'artefact' },
  artefactHash: { ja: '証跡ファイルの SHA-256', en: 'artefact SHA-256' },
  expiresAt: { ja: '期限', en: 'expires' },
  changed: { ja: '訂正した項目', en: 'corrected' },
  voided: { ja: '取り消した記録', en: 'voided event' },
  origin: { ja: '登録の方法', en: 'origin' },
  index: { ja: '在籍の番号', en: 'employment number' },
  categories: { ja: 'データの区分', en: 'categories' },
  reviewAt: { ja: '見直し', en: 'review' },
};

const HASH = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const HASH_SHOWN = 12;

/** The clear fields of an event for people; `--json` has all of them as they are. */
export function fieldTexts(session: Session, fields: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(fields).map(([name, value]) => {
    const called = NAMES[name];
    return `${called === undefined ? plain(name) : session.say(called)}: ${valueText(value)}`;
  });
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value !== 'string') return plain(value);
  if (HASH.test(value)) return `${value.slice(0, HASH_SHOWN)}…`;
  return INSTANT.test(value) ? when(value) : plain(value);
}
