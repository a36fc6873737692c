import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readPem, StampFault } from '@enishi/timestamping';
import { Malformed, readNoteKey, type NoteKey } from '@enishi/transparency';
import { reportText, Unreadable, type Language } from '@enishi/verification';
import { NODE, verifyFile } from '@enishi/verification-node';

const HELP: Readonly<Record<Language, string>> = {
  ja: `使い方: enishi-verify <bundle.zip> [オプション]

バンドルを、それ自体とお手元のものだけで検証します。どこにも接続しません。

  --key <vkey>           受け取った公開鍵（NAME+ID+KEY の形）
  --since <checkpoint>   保管していたチェックポイントのファイル
  --witness <vkeys>      立会人の公開鍵（複数はコンマ区切り）。全員の署名が必要
  --authority <pem>      信頼する時刻認証局の証明書のファイル。タイムスタンプが必要
  --json                 結果を一つの JSON で
  --lang <ja|en>         言語

終了コード: 0 検証できた、1 食い違いがある、2 指定の誤り、またはファイルを読めない
`,
  en: `Usage: enishi-verify <bundle.zip> [options]

Checks a bundle with nothing but itself and what you have from elsewhere. Connects to nothing.

  --key <vkey>           the public key you were given, as NAME+ID+KEY
  --since <checkpoint>   a checkpoint you kept, as a file
  --witness <vkeys>      keys of witnesses, several by comma, each of whom must have cosigned
  --authority <pem>      certificates of authorities you trust, as a file: asks for a time stamp
  --json                 the result as one JSON document
  --lang <ja|en>         language

Exit codes: 0 verified, 1 something is wrong with it, 2 bad arguments, or a file cannot be read
`,
};

const COMPLAINTS = {
  arguments: { ja: '指定の仕方が正しくありません。', en: 'The arguments are not valid.' },
  key: { ja: '公開鍵の形ではありません（NAME+ID+KEY）。', en: 'This is not a public key, as NAME+ID+KEY.' },
  certificate: {
    ja: '証明書として読めません（PEM 形式のファイル）。',
    en: 'The file has no certificate in it that can be read (PEM).',
  },
  file: { ja: 'ファイルを読めません。', en: 'A file cannot be read.' },
} as const;

const PROGRESS_MS = 1000;

/** Runs the program. @returns its exit code */
async function main(argv: readonly string[]): Promise<number> {
  let language = languageOf(undefined);
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...{ key: { type: 'string' }, since: { type: 'string' }, lang: { type: 'string' } },
        ...{ witness: { type: 'string' }, authority: { type: 'string' } },
        ...{ json: { type: 'boolean' }, help: { type: 'boolean' } },
      },
    });
    language = languageOf(values.lang);
    const [bundle, ...others] = positionals;
    if (values.help === true) return say(process.stdout, HELP[language], 0);
    if (bundle === undefined || others.length > 0) return say(process.stderr, HELP[language], 2);
    const report = await verifyFile(bundle, {
      ...(values.key !== undefined && { key: readNoteKey(values.key.trim(), NODE.hash) }),
      ...(values.since !== undefined && { since: await readFile(values.since, 'utf8') }),
      ...(values.witness !== undefined && { witnesses: witnessesIn(values.witness) }),
      ...(values.authority !== undefined && {
        authorities: readPem(await readFile(values.authority, 'utf8')),
      }),
      onProgress: progress(),
    });
    const text = values.json === true ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, language);
    return say(process.stdout, text, report.outcome === 'verified' ? 0 : 1);
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === undefined) throw error;
    return say(process.stderr, `${COMPLAINTS[complaint][language]}\n`, 2);
  }
}

function witnessesIn(lines: string): readonly NoteKey[] {
  return lines.split(',').map((line) => readNoteKey(line.trim(), NODE.hash, 'cosignature'));
}

/** What a person can do something about. */
function complaintOf(error: unknown): keyof typeof COMPLAINTS | undefined {
  if (error instanceof Malformed) return 'key';
  if (error instanceof StampFault) return 'certificate';
  if (error instanceof Unreadable || (typeof error === 'object' && error !== null && 'syscall' in error))
    return 'file';
  return error instanceof TypeError && 'code' in error ? 'arguments' : undefined;
}

function languageOf(wanted: string | undefined): Language {
  if (wanted === 'ja' || wanted === 'en') return wanted;
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return /^ja([_.-]|$)/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en';
}

/** A line each second on standard error; none where the work takes less. */
function progress(): (read: number, of: number) => void {
  let last = performance.now();
  return (read, of) => {
    if (performance.now() - last < PROGRESS_MS) return;
    last = performance.now();
    process.stderr.write(`${Math.floor((read / of) * 100)} %\n`);
  };
}

function say(output: NodeJS.WritableStream, text: string, code: number): number {
  output.write(text);
  return code;
}

process.exitCode = await main(process.argv.slice(2));
