/** A text in both languages. */
interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

/** What can be wrong with a bundle: a stable code, and what it means. */
export const FINDING_WORDS = {
  'zip-unreadable': {
    ja: 'zip として読めません。途中で切れているか、別の種類のファイルです。',
    en: 'This cannot be read as a zip: it was cut off, or is another kind of file.',
  },
  'zip-not-plain': {
    ja: 'ファイルが暗号化されているか、バンドルにない方式で圧縮されています。',
    en: 'The file is encrypted, or packed in a way that bundles do not use.',
  },
  'zip-stray-bytes': {
    ja: 'どのファイルのものでもないバイトが zip にあります。後から足されたか、詰め直されています。',
    en: 'The zip has bytes that belong to no file: something was added, or it was packed anew.',
  },
  'zip-name-twice': {
    ja: '同じ名前のファイルが二つあります。',
    en: 'Two files have the same name.',
  },
  'zip-name-strange': {
    ja: 'バンドルにない形の名前のファイルがあります。',
    en: 'A file has a name of a form that bundles do not have.',
  },
  'zip-header-differs': {
    ja: 'zip の一覧とファイルの見出しが食い違います。',
    en: 'The list of the zip and the header of the file do not say the same.',
  },
  'zip-file-damaged': {
    ja: 'ファイルが壊れています。',
    en: 'The file is damaged.',
  },
  'file-missing': {
    ja: 'あるはずのファイルがありません。',
    en: 'The file should be there and is not.',
  },
  'file-unlisted': {
    ja: 'マニフェストにないファイルです。',
    en: 'The manifest does not know this file.',
  },
  'file-unknown': {
    ja: 'マニフェストに、この範囲のバンドルにはないファイルが載っています。',
    en: 'The manifest names a file that a bundle of this scope does not have.',
  },
  'file-changed': {
    ja: '署名されたファイルと違います（SHA-256、大きさまたは行数）。',
    en: 'It is not the file that was signed: SHA-256, size or number of lines differ.',
  },
  'text-malformed': {
    ja: 'この行は UTF-8 の文字として読めないか、長すぎるか、途中で終わっています。',
    en: 'The line is not UTF-8 text, is too long, or is cut off.',
  },
  'manifest-malformed': {
    ja: 'この形式（enishi-bundle/1）のマニフェストではありません。',
    en: 'This is not a manifest of this format (enishi-bundle/1).',
  },
  'manifest-signature-malformed': {
    ja: 'マニフェストの署名として読めません。',
    en: 'This cannot be read as the signature of the manifest.',
  },
  'manifest-changed': {
    ja: '署名は別のマニフェストのものです。マニフェストが書き換えられています。',
    en: 'The signature is that of another manifest: the manifest was changed.',
  },
  'manifest-forged': {
    ja: 'マニフェストの署名が正しくありません。改変か偽造です。',
    en: 'The signature of the manifest is wrong: it was changed or forged.',
  },
  'manifest-unsigned': {
    ja: 'マニフェストに、台帳の現在の鍵の署名がありません。',
    en: 'The manifest is not signed by the ledger’s current key.',
  },
  'keys-malformed': {
    ja: '公開鍵の一覧として読めません。',
    en: 'This cannot be read as a list of public keys.',
  },
  'key-of-another-ledger': {
    ja: '別の台帳の鍵です。',
    en: 'This is the key of another ledger.',
  },
  'key-change-unproven': {
    ja: 'この鍵への交代が証明されていません。この鍵を次の鍵として記し、前の鍵とこの鍵の両方が署名したチェックポイントがありません。',
    en: 'The change to this key is not proven: no checkpoint names it as the next and is signed by it and by the key before.',
  },
  'key-not-yours': {
    ja: '指定された公開鍵の署名ではありません。別の台帳か、偽造されたバンドルです。',
    en: 'It is not signed by the key you gave: the bundle is another ledger’s, or forged.',
  },
  'checkpoint-malformed': {
    ja: 'チェックポイントとして読めません。',
    en: 'This cannot be read as a checkpoint.',
  },
  'checkpoint-of-another-ledger': {
    ja: '別の台帳のチェックポイントです。',
    en: 'This is the checkpoint of another ledger.',
  },
  'checkpoint-forged': {
    ja: 'チェックポイントの署名が正しくありません。改変か偽造です。',
    en: 'The signature of the checkpoint is wrong: it was changed or forged.',
  },
  'checkpoint-unsigned': {
    ja: 'チェックポイントに、台帳の鍵の署名がありません。',
    en: 'The checkpoint is not signed by a key of the ledger.',
  },
  'checkpoint-of-unknown-key': {
    ja: '台帳の名で署名した鍵が、keys.txt にありません。',
    en: 'A key has signed in the ledger’s name that keys.txt does not have.',
  },
  'checkpoint-of-replaced-key': {
    ja: '交代した後の古い鍵だけで署名されています。',
    en: 'It is signed by nothing but a key that had been replaced by then.',
  },
  'checkpoint-differs': {
    ja: 'マニフェストのチェックポイントと違います。',
    en: 'It is not the checkpoint that the manifest names.',
  },
  'history-malformed': {
    ja: '以前のチェックポイントとして読めないか、順番が違います。',
    en: 'This cannot be read as an earlier checkpoint, or is out of order.',
  },
  'history-inconsistent': {
    ja: '以前のチェックポイントが現在のものにつながりません。台帳が書き換えられた疑いがあります。',
    en: 'The earlier checkpoint does not lead to the present one: the ledger was rewritten, or the proof is wrong.',
  },
  'since-malformed': {
    ja: 'お手元のファイルは、チェックポイントとして読めません。',
    en: 'The file you kept cannot be read as a checkpoint.',
  },
  'since-of-another-ledger': {
    ja: 'お手元のチェックポイントは、別の台帳のものです。',
    en: 'The checkpoint you kept is another ledger’s.',
  },
  'since-unsigned': {
    ja: 'お手元のチェックポイントに、このバンドルの鍵の正しい署名がありません。',
    en: 'The checkpoint you kept is not signed by a key of this bundle.',
  },
  'since-no-way': {
    ja: 'お手元のチェックポイントからの証明がバンドルにありません。そのチェックポイントを指定してバンドルを作り直してもらってください。',
    en: 'The bundle has no proof from the checkpoint you kept: ask for a bundle made since that checkpoint.',
  },
  'bundle-older': {
    ja: 'バンドルは、お手元のチェックポイントより古いものです。新しいバンドルを求めてください。',
    en: 'The bundle is older than the checkpoint you kept: ask for a newer one.',
  },
  rewritten: {
    ja: 'お手元のチェックポイントと食い違います。台帳が書き換えられています。',
    en: 'The bundle contradicts the checkpoint you kept: the ledger was rewritten.',
  },
  'cosignature-forged': {
    ja: '指定された立会人の署名が正しくありません。改変か偽造です。',
    en: 'A cosignature in the name of the witness you gave is wrong: it was changed or forged.',
  },
  'witness-missing': {
    ja: '指定された立会人の署名が、どのチェックポイントにもありません。',
    en: 'No checkpoint in the bundle is cosigned by a witness you gave.',
  },
  'timestamp-missing': {
    ja: 'タイムスタンプがありません。',
    en: 'The bundle has no time stamp.',
  },
  'timestamp-malformed': {
    ja: 'タイムスタンプ（RFC 3161）として読めません。',
    en: 'This cannot be read as a time stamp (RFC 3161).',
  },
  'timestamp-of-another': {
    ja: 'タイムスタンプは、このバンドルのどのチェックポイントのものでもありません。',
    en: 'The time stamp is over none of the checkpoints in the bundle.',
  },
  'timestamp-forged': {
    ja: 'タイムスタンプの署名が正しくありません。改変か偽造です。',
    en: 'The signature of the time stamp is wrong: it was changed or forged.',
  },
  'timestamp-unsupported': {
    ja: 'タイムスタンプの署名方式に対応していないため、確かめられません。openssl ts で確かめてください。',
    en: 'The time stamp is signed in a way that is not known here: check it with openssl ts.',
  },
  'timestamp-untrusted': {
    ja: 'タイムスタンプの証明書が、指定された時刻認証局の証明書につながりません。',
    en: 'The certificate of the time stamp does not lead to one that you gave.',
  },
  'timestamp-expired': {
    ja: 'タイムスタンプの時刻に、その証明書は有効ではありませんでした。',
    en: 'The certificate of the time stamp was not valid at the time it says.',
  },
  'proof-malformed': {
    ja: '証明として読めないか、順番が違います。',
    en: 'This cannot be read as a proof, or is out of order.',
  },
  'event-missing': {
    ja: '証明にあるイベントがありません。',
    en: 'The proofs name an event that is not there.',
  },
  'event-unproven': {
    ja: 'この行から先のイベントには証明がありません。',
    en: 'From this line on, events have no proof.',
  },
  'event-malformed': {
    ja: '台帳のイベントとして読めません（正規形の JSON、記録日時の順序、項目の形）。',
    en: 'This is not an event as the ledger writes it: canonical JSON, in order of recording, fields of their form.',
  },
  'event-of-another-ledger': {
    ja: '別の台帳のイベントです。',
    en: 'This is an event of another ledger.',
  },
  'event-not-in-tree': {
    ja: '署名された木にありません。この範囲のイベントまたはその証明が書き換えられています。',
    en: 'It is not in the tree that was signed: an event of this run, or its proof, was changed.',
  },
  'ledger-incomplete': {
    ja: '台帳全体のバンドルですが、全部のイベントが揃っていません。',
    en: 'The bundle is of the whole ledger, and not all events are there.',
  },
  'stream-malformed': {
    ja: 'ストリームの一覧として読めません。',
    en: 'This cannot be read as a line about a stream.',
  },
  'stream-unlisted': {
    ja: '一覧にないストリームのイベントです。揃っているかどうか分かりません。',
    en: 'The event’s stream is not listed: nothing says whether it is complete.',
  },
  'stream-gap': {
    ja: 'ストリームの途中のイベントが抜けています。これは、抜けた箇所の次のイベントです。',
    en: 'An event is missing within the stream; this is the one behind the gap.',
  },
  'stream-cut': {
    ja: 'ストリームのイベントの数が一覧と違います。終わりが抜けているか、一覧が書き換えられています。',
    en: 'The stream has not as many events as the list says: its end is missing, or the list was changed.',
  },
  'stream-missing': {
    ja: 'この範囲のバンドルにあるはずのストリームがありません。',
    en: 'A bundle of this scope should have this stream.',
  },
  'disclosure-malformed': {
    ja: '開示として読めません。',
    en: 'This cannot be read as a disclosure.',
  },
  'disclosure-not-allowed': {
    ja: 'この開示の程度では出さないはずの値です。',
    en: 'A bundle of this level does not disclose this.',
  },
  'disclosure-missing': {
    ja: 'この開示の程度なら出ているはずの値が、開示も消去の記載もなく抜けています。',
    en: 'A bundle of this level discloses this value or says that it is erased; this one does neither.',
  },
  'disclosure-twice': {
    ja: '同じ項目についての開示が二つあります。',
    en: 'The same field is disclosed twice, or both disclosed and erased.',
  },
  'disclosure-of-nothing': {
    ja: 'この項目は、そのイベントに封じられていません。',
    en: 'No such field is sealed in the event.',
  },
  'disclosure-wrong': {
    ja: '開示された値は、台帳に記録された値ではありません。',
    en: 'The value disclosed is not the one that the ledger holds.',
  },
  'line-differs': {
    ja: 'この行は、イベントから計算した内容と違います。',
    en: 'The line is not what the events come to.',
  },
  'line-missing': {
    ja: 'イベントから計算される行が、ここから先にありません。',
    en: 'From here on, lines that the events come to are missing.',
  },
  'line-too-many': {
    ja: 'この行から先に当たるイベントはありません。',
    en: 'From this line on, there are no events that come to it.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type FindingCode = keyof typeof FINDING_WORDS;
