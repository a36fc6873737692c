import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { option } from '../options';
import { plain } from '../output/plain';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';
import { download } from './download';
import {
  categoriesText,
  erasureGround,
  erasureIdOf,
  itemsText,
  outlookFacts,
  type ErasureOutlook,
} from './erasure-of';

interface Certificate extends ErasureOutlook {
  readonly ledgerId: string;
  readonly erasureId: string;
  readonly alumnusId?: string;
  readonly fields?: readonly string[];
  readonly ground: string;
  readonly approvedBy: string;
  readonly approvedByName?: string;
  readonly approvedAt: string;
  readonly people: number;
  readonly left: number;
  readonly categories: readonly { readonly category: string; readonly keys: number }[];
  readonly destroyedFrom?: string;
  readonly destroyedUntil?: string;
  readonly digest: string;
  readonly blockedUntil?: string;
  readonly event: {
    readonly eventId: string;
    readonly stream: string;
    readonly recordedAt: string;
    readonly proof?: string;
  };
  readonly irrecoverableFrom?: { readonly at: string; readonly eventId: string };
}

/** `enishi erasure certificate` */
export const ERASURE_CERTIFICATE = leaf<{ alumnus?: string; pdf?: string; force?: boolean }>({
  usage: 'certificate <erasure>',
  summary: 'what proves that data were erased: keys, times, the plan, the proof of its event',
  examples: [
    'erasure certificate 9c1e3f2a',
    'erasure certificate 9c1e3f2a --alumnus 3f2a9c1e --pdf certificate.pdf',
  ],
  notes:
    'It holds no name. “Irrecoverable from” is filled by the next rotation: `enishi keys rotate`.\n' +
    'The proof is checked without any server by `enishi proof check`.',
  options: [
    option('--alumnus <alumnus>', 'of one person alone'),
    option('--pdf <file>', 'as a page, in the language of messages'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { alumnus, pdf, force }, [name = '']) {
    const api = await session.api();
    const erasureId = await erasureIdOf(api, name);
    const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
    const path = `/v1/erasures/${erasureId}/certificate`;
    if (pdf !== undefined) {
      const page = await api.open(`${path}/pdf`, { alumnusId, language: session.language });
      return download(session, page, { out: pdf, force, format: 'pdf' });
    }
    const certificate = await api.get<Certificate>(path, { alumnusId });
    await session.show(certificate, () => certificateText(session, certificate));
  },
});

function certificateText(session: Session, one: Certificate): string {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const { event, irrecoverableFrom } = one;
  const later = t('次の鍵の更新で決まります', 'told by the next rotation of keys');
  const told = facts([
    [t('消去証明書', 'Certificate of erasure'), one.erasureId],
    [t('台帳', 'Ledger'), one.ledgerId],
    [t('本人', 'Alumnus'), one.alumnusId],
    [t('事由', 'Ground'), erasureGround(session, one)],
    [t('消去した項目', 'Items erased'), itemsText(session, one.fields)],
    [t('承認した人', 'Approved by'), one.approvedByName ?? one.approvedBy],
    [t('承認日時', 'Approved'), when(one.approvedAt)],
    [t('消去した人数', 'People erased'), one.people.toLocaleString('en')],
    [t('消去しなかった人数', 'People left'), one.left || undefined],
    ...one.categories.map(
      ({ category, keys }) =>
        [t('破棄した鍵', 'Keys destroyed'), categoriesText(session, [category], keys)] as const,
    ),
    ...outlookFacts(session, one),
    [t('最初の破棄', 'First destroyed'), when(one.destroyedFrom)],
    [t('最後の破棄', 'Last destroyed'), when(one.destroyedUntil)],
    [t('鍵の一覧の SHA-256', 'SHA-256 of the keys'), one.digest],
    [t('再登録を受け付けない期限', 'Not brought back until'), when(one.blockedUntil)],
    [t('台帳の記録', 'Event'), event.eventId],
    [t('記録日時', 'Recorded'), when(event.recordedAt)],
    [t('復元できなくなった日時', 'Irrecoverable from'), when(irrecoverableFrom?.at) || later],
    [t('その記録', 'By event'), irrecoverableFrom?.eventId],
  ]);
  const proof = event.proof ?? t('まだ署名されていません。', 'No checkpoint covers the event yet.');
  return `${told}\n${proof.split('\n').map(plain).join('\n')}\n`;
}
