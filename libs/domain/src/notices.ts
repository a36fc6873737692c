import type { Bilingual } from './shapes';

/** Letters to the company's own people. */
export const NOTICES = ['evidence-waits'] as const;
export type Notice = (typeof NOTICES)[number];

/** Has a letter written to the responsible officer. What it says is looked up when it is sent. */
export interface QueueNotice {
  readonly kind: 'QueueNotice';
  readonly notice: Notice;
  readonly importId: string;
}

/** A letter as people read it; both languages, one after the other. */
export interface LetterText {
  readonly subject: string;
  readonly text: string;
}

/**
 * Tells the responsible officer how many consents of a file wait. Names nobody: mail is read on the way.
 * @param about.incomplete how many
 * @param about.address where the import is shown
 */
export function evidenceWaitsText(about: {
  readonly company?: Bilingual;
  readonly importId: string;
  readonly incomplete: number;
  readonly address: string;
}): LetterText {
  const { company, importId, incomplete, address } = about;
  const short = importId.slice(0, 8);
  return {
    subject: `【Enishi】証跡の確認をお待ちしている同意が ${incomplete} 件あります / ${incomplete} consents wait for you`,
    text: `${company ? `${company.ja} ` : ''}管理責任者様

取り込まれた同意のうち ${incomplete} 件は、示した文面または証跡が不足しています。
確認されるまで、これらの同意による連絡はできません。

  取り込み  ${short}
  画面      ${address}
  承認      enishi import approve ${importId}

このメールは Enishi から自動で送られています。個人データは含まれていません。

--

To the responsible officer${company ? ` of ${company.en}` : ''}

${incomplete} consents that were imported lack the text shown or their proof.
Nobody is contacted on their ground until you have looked at them.

  Import    ${short}
  Page      ${address}
  Approve   enishi import approve ${importId}

Enishi has sent this mail by itself. It holds no personal data.
`,
  };
}
