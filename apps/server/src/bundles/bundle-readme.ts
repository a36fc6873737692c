import type { BundleLevel, BundleScope } from '@enishi/bundle';
import type { Bilingual, Language } from '@enishi/domain';
import { inTokyo } from '../reports/report';
import type { BundleIdentity, BundleMaking } from './bundle-files';

const SCOPES: Readonly<Record<BundleScope['of'], Bilingual>> = {
  consents: { ja: '同意の履歴', en: 'the history of consents' },
  trail: { ja: '監査証跡', en: 'the audit trail' },
  ledger: { ja: '台帳のすべてのイベント', en: 'every event of the ledger' },
};

const LEVELS: Readonly<Record<BundleLevel, Bilingual>> = {
  none: { ja: 'なし（人は ID だけで示す）', en: 'none: people are named by ids only' },
  masked: { ja: '一部（連絡先は伏せ字）', en: 'masked: names shown, contact masked' },
  full: {
    ja: '全部（連絡先と同意の証跡を含む）',
    en: 'full: contact and evidence of consents included',
  },
};

/** The file that says what a bundle is and how to check it. */
export function readme(
  language: Language,
  { scope, level, checkpoint, stamped, infrastructure }: BundleMaking,
  { bundle, createdAt }: BundleIdentity,
): string {
  const facts = {
    ledger: infrastructure.identity.ledgerId,
    bundle,
    createdAt: `${inTokyo(createdAt)} JST`,
    of: SCOPES[scope.of][language],
    level: LEVELS[level][language],
    size: checkpoint.size,
    holdsData: scope.of !== 'ledger',
    isStamped: stamped !== undefined,
  };
  return language === 'ja' ? japanese(facts) : english(facts);
}

interface Facts {
  readonly ledger: string;
  readonly bundle: string;
  readonly createdAt: string;
  readonly of: string;
  readonly level: string;
  readonly size: number;
  readonly holdsData: boolean;
  readonly isStamped: boolean;
}

function japanese({ ledger, bundle, createdAt, of, level, size, holdsData, isStamped }: Facts): string {
  return `Enishi 縁 検証用バンドル（enishi-bundle/1）

台帳　　　　: ${ledger}
バンドル　　: ${bundle}
作成日時　　: ${createdAt}（サーバーの時計による）
内容　　　　: ${of}
個人データ　: ${level}
チェックポイント: 先頭から ${size} 件のイベントまで

この ZIP だけで、中のイベントが台帳に記録されていたこと、後から変えられていないことを、
Enishi に接続せずに確かめられます。

ファイル
  events.jsonl               イベント。一行が一件で、ハッシュの元になる文字列そのもの
  proofs.jsonl               連続するイベントごとの証明（RFC 9162 の木）
  streams.jsonl              この ZIP に全件が入っているストリームと、その件数
  disclosures.jsonl          開示した値と、そのソルト。鍵を破棄した項目は erased
${holdsData ? '  data/                      イベントから計算した一覧（JSON Lines と CSV）\n' : ''}  checkpoints/current.txt    署名付きチェックポイント
  checkpoints/history.jsonl  以前のチェックポイントと、現在のものへの整合性の証明
${isStamped ? '  checkpoints/timestamp.tsr  いずれかのチェックポイントの文へのタイムスタンプ（RFC 3161）\n' : ''}  keys.txt                   台帳の公開鍵
  manifest.json              各ファイルの大きさと SHA-256
  manifest.sig               manifest.json への署名

確かめるには
  ・信頼できるところから受け取った verifier.html をブラウザーで開き、この ZIP をドロップする
    （インターネット接続も Enishi への接続も要りません）。
  ・または enishi verify この.zip を実行する。

手で確かめるには
  1. 公開鍵を、この ZIP とは別の、信頼できる経路で受け取り、keys.txt と比べる。
  2. manifest.json の SHA-256 を Base64 にしたものが manifest.sig の二行目と一致し、その署名が
     公開鍵で検証できることを確かめる。続いて、各ファイルの SHA-256 を manifest.json と比べる。
  3. checkpoints/current.txt の署名を検証する。三行目が木の根（Base64）。
  4. events.jsonl の各行（改行を除く）の前に 0x00 を付けた SHA-256 がリーフのハッシュ。
     proofs.jsonl の path を使って木の根を計算し、三行目と比べる（節は 0x01 を付けた SHA-256）。
  5. streams.jsonl の各ストリームについて、revision が 0 から件数 - 1 まで揃っていることを確かめる。
${holdsData ? '  6. data/ の各行は、events.jsonl の同じ leaf のイベントから計算できる。\n' : ''}
言えること、言えないこと
  ・台帳の署名鍵の持ち主の言葉としての証明です。手元に残した以前のチェックポイントと
    checkpoints/history.jsonl を比べると、書き換えがなかったことまで確かめられます。
  ・挙げたストリームの途中に欠けがないことは証明されます。ほかに該当するストリームがないことと、
    ストリームがそこで終わることは、作成者の署名付きの言明です。
  ・値もソルトも示されない項目は、伏せられています。伏せ字の連絡先は証明されません。
`;
}

function english({ ledger, bundle, createdAt, of, level, size, holdsData, isStamped }: Facts): string {
  return `Enishi bundle (enishi-bundle/1)

Ledger:        ${ledger}
Bundle:        ${bundle}
Made:          ${createdAt} (by the server's clock)
About:         ${of}
Personal data: ${level}
Checkpoint:    the first ${size} events

With this zip alone, and without reaching Enishi, anybody can check that the events in it stood in the
ledger and were not changed.

Files
  events.jsonl               events, one on each line: exactly the text that is hashed
  proofs.jsonl               a proof for each run of neighbouring events (tree of RFC 9162)
  streams.jsonl              streams that are complete in this zip, and how many events each has
  disclosures.jsonl          values that are shown, each with its salt; where the key is destroyed, "erased"
${holdsData ? '  data/                      lists computed from the events (JSON Lines and CSV)\n' : ''}  checkpoints/current.txt    the signed checkpoint
  checkpoints/history.jsonl  earlier checkpoints, each with its proof of consistency with the current one
${isStamped ? '  checkpoints/timestamp.tsr  time stamp (RFC 3161) over the text of one of these checkpoints\n' : ''}  keys.txt                   public keys of the ledger
  manifest.json              size and SHA-256 of each file
  manifest.sig               signature over manifest.json

To check it
  - Open verifier.html, which you got from somewhere you trust, in a browser and drop this zip on it
    (needs neither a network nor Enishi).
  - Or run: enishi verify this.zip

To check it by hand
  1. Get the public key by a way that you trust, other than this zip, and compare it with keys.txt.
  2. The SHA-256 of manifest.json, in Base64, is the second line of manifest.sig; check that note's signature
     with the public key. Then compare the SHA-256 of each file with manifest.json.
  3. Check the signature of checkpoints/current.txt. Its third line is the root of the tree, in Base64.
  4. The SHA-256 of 0x00 and a line of events.jsonl (without its line feed) is the hash of a leaf. With the
     path in proofs.jsonl compute the root (a node is the SHA-256 of 0x01 and both children); compare.
  5. For each stream in streams.jsonl, the revisions from 0 to its number of events less one are all there.
${holdsData ? '  6. Each line in data/ can be computed from the event of the same leaf in events.jsonl.\n' : ''}
What it says, and what not
  - It is the word of the holder of the ledger's signing key. Whoever kept an earlier checkpoint and finds it
    in checkpoints/history.jsonl can tell that nothing before it was rewritten.
  - That nothing is missing within the streams listed is proven. That no other stream belongs to it, and that
    a stream ends there, is the signed word of who made it.
  - A sealed field without value and salt is withheld. Masked contact is not proven.
`;
}
