import type { Bilingual } from './shapes';

const SUBJECT: Bilingual = {
  ja: '台帳のチェックポイント（保管してください）',
  en: 'Checkpoint of the ledger, to keep',
};

/**
 * What a keeper of checkpoints is written: what it is, and behind a line of its own the checkpoint, in the form that other
 * keepers are posted.
 *
 * @param posted the way from the checkpoint before, and the checkpoint (C2SP tlog-witness, `add-checkpoint`)
 */
export function checkpointMail(
  posted: string,
  { company, size }: { readonly company?: Bilingual; readonly size: number },
): { readonly subject: string; readonly text: string } {
  const whose = company === undefined ? '' : `${company.ja} `;
  const text = [
    `${whose}アルムナイ台帳の署名付きチェックポイントです（イベント ${size} 件まで）。個人データは含まれません。`,
    'このメールを保管してください。後日、台帳が書き換えられていないことを、これと照らして確かめられます。',
    '',
    `Signed checkpoint of the alumni ledger${company === undefined ? '' : ` of ${company.en}`}, over its first ${size} events. It holds no personal data.`,
    'Keep this mail: it shows later whether the ledger was rewritten.',
    '',
    '----',
    posted,
  ].join('\n');
  return { subject: `${whose}${SUBJECT.ja} / ${SUBJECT.en} (${size})`, text };
}
