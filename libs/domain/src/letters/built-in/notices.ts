import type { LetterContent } from '../../shapes';
import type { NoticeKind } from '../kinds';

/** Mail to the company's own people. Names nobody: mail is read on the way. */
export const NOTICES: Readonly<Record<NoticeKind, LetterContent>> = {
  'evidence-waits': {
    ja: {
      subject: '【Enishi】証跡の確認をお待ちしている同意が {incomplete} 件あります',
      body: `{company}
管理責任者様

取り込まれた同意のうち {incomplete} 件は、示した文面または証跡が不足しています。
確認されるまで、これらの同意による連絡はできません。

  取り込み  {import}
  画面      {page}
  承認      enishi import approve {import}

このメールは Enishi から自動で送られています。個人データは含まれていません。`,
    },
    en: {
      subject: '{incomplete} consents wait for you',
      body: `To the responsible officer
{company}

{incomplete} consents that were imported lack the text shown or their proof.
Nobody is contacted on their ground until you have looked at them.

  Import    {import}
  Page      {page}
  Approve   enishi import approve {import}

Enishi has sent this mail by itself. It holds no personal data.`,
    },
  },
  'review-due': {
    ja: {
      subject: '【Enishi】取扱規程の見直しの期限（{dueOn}）',
      body: `{company} 管理責任者様

取扱規程の見直しの期限は {dueOn} です。
規程の内容、権限の範囲、記録の状況を確認し、結果を記録してください。

  画面      {page}
  内容      enishi handling-rules
  記録      enishi handling-rules review --outcome adequate --findings -

このメールは Enishi から自動で送られています。個人データは含まれていません。`,
    },
    en: {
      subject: 'Review of the handling rules, due by {dueOn}',
      body: `To the responsible officer of {company}

The review of the handling rules is due by {dueOn}.
Please look at the rules, at who may reach what, and at the records, and note what you found.

  Page      {page}
  Rules     enishi handling-rules
  Record    enishi handling-rules review --outcome adequate --findings -

Enishi has sent this mail by itself. It holds no personal data.`,
    },
  },
  'hold-review-due': {
    ja: {
      subject: '【Enishi】保全措置の見直しの期限（{reviewOn}）',
      body: `{company} 管理責任者様

本人 {alumnus} のデータの保全措置 {count} 件の見直しの期限は {reviewOn} です。
保全を続ける必要があるかを確認し、続けるときは次の見直し日を、不要なときは解除を記録してください。
保全措置は自動では終わりません。終わるまで、このデータは消去されません。

  画面      {page}
  内容      enishi hold list {alumnus}
  継続      enishi hold review {alumnus} HOLD --next 日付 --reason -
  解除      enishi hold release {alumnus} HOLD --reason -

このメールは Enishi から自動で送られています。個人データは含まれていません。`,
    },
    en: {
      subject: 'Holds to review by {reviewOn}',
      body: `To the responsible officer of {company}

{count} hold(s) on the data of {alumnus} are to be reviewed by {reviewOn}.
Please see whether they are still needed: note the next day of review, or release them.
A hold never ends by itself, and while it stands these data are not erased.

  Page      {page}
  Holds     enishi hold list {alumnus}
  Keep      enishi hold review {alumnus} HOLD --next DAY --reason -
  Release   enishi hold release {alumnus} HOLD --reason -

Enishi has sent this mail by itself. It holds no personal data.`,
    },
  },
  'retention-due': {
    ja: {
      subject: '【Enishi】保存期間の満了するデータ（{month}）',
      body: `{company} 管理責任者様

{month} に保存期間が満了する、または既に満了しているデータは次のとおりです。
必要のなくなった個人データは、遅滞なく消去するよう努めなければなりません（個人情報保護法 22 条）。

{lines}

  画面      {page}
  一覧      enishi retention due
  計画      enishi erasure plan --due --dry-run

このメールは Enishi から自動で送られています。個人データは含まれていません。`,
    },
    en: {
      subject: 'Data that fall due, {month}',
      body: `To the responsible officer of {company}

This is what nothing keeps any more, or what falls due in {month}.
Personal data that are no longer needed are to be erased without delay (APPI 22).

{lines}

  Page      {page}
  List      enishi retention due
  Plan      enishi erasure plan --due --dry-run

Enishi has sent this mail by itself. It holds no personal data.`,
    },
  },
  'request-alarm': {
    ja: {
      subject: '【Enishi】本人からの請求 {request}（{requestKind}）をご確認ください',
      body: `{company} 管理責任者様

本人からの請求について、対応が必要です。

{lines}

  受付番号  {request}
  種別      {requestKind}
  画面      {page}
  確認      enishi request show {request}

このメールは Enishi から自動で送られています。個人データは含まれていません。`,
    },
    en: {
      subject: 'Please look at request {request} ({requestKind})',
      body: `To the responsible officer of {company}

A request by a person wants looking at.

{lines}

  Number    {request}
  Kind      {requestKind}
  Page      {page}
  Look      enishi request show {request}

Enishi has sent this mail by itself. It holds no personal data.`,
    },
  },
  digest: {
    ja: {
      subject: '【Enishi】{day} の作業一覧',
      body: `{company}
{recipient}様

対応を待っているものは次のとおりです。

{lines}

  画面      {page}
  一覧      enishi work

このメールは Enishi から自動で送られています。個人データは含まれていません。`,
    },
    en: {
      subject: 'Work that waits, {day}',
      body: `To {recipient}
{company}

This is what waits:

{lines}

  Page      {page}
  List      enishi work

Enishi has sent this mail by itself. It holds no personal data.`,
    },
  },
};
