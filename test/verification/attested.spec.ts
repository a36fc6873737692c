import { readPem } from '@enishi/timestamping';
import { readNote } from '@enishi/transparency';
import { reportText, type Options, type Report } from '@enishi/verification';
import { certify } from '../timestamping/invented-authority';
import { attestedBundle, inventedWitness, SEEN_AT, THEN } from './attested-bundle';
import { someLedger } from './invented-bundle';
import { verified } from './mutant-run';

const ledger = someLedger('seen from outside');
const signer = ledger.keys.at(-1)!;
const size = ledger.events.length;

const root = certify({ name: 'Root', isAuthority: true, ...THEN });
const authority = certify({ name: '時刻局', issuer: root, ...THEN });
const authorities = readPem(root.pem);

const [one, other] = [inventedWitness('witness.example/one'), inventedWitness('witness.example/other')];
const bundle = (wanted: Parameters<typeof attestedBundle>[1]): Buffer =>
  attestedBundle(ledger, { by: authority, ...wanted });

const current = readNote(ledger.checkpoint(size, [signer])).text;
const earlier = readNote(ledger.checkpoint(9, [ledger.keys[0]!])).text;
const found = ({ findings }: Report): readonly string[] =>
  findings.map(({ code, file }) => (file === undefined ? code : `${code} ${file}`));

test('a witness who is trusted says that nothing was rewritten since', async () => {
  const zip = bundle({ lines: [one.line(current)] });
  const report = await verified(zip, { witnesses: [one.key] });
  const at = new Date(SEEN_AT * 1000).toISOString();
  expect(found(report)).toEqual([]);
  expect(report.trust).toMatchObject({
    level: 'witnessed',
    witnessed: [{ by: 'witness.example/one', at, size }],
    unchecked: [],
  });
  expect(reportText(report, 'en')).toContain('Witnessed by witness.example/one at 2026-11-18 20:06:40 JST');
  expect(reportText(report, 'ja')).toContain('立会人 witness.example/one');
  const alone = await verified(zip);
  expect(alone.trust).toMatchObject({ level: 'self-signed', unchecked: ['witness.example/one'] });
});

test.each<[string, () => readonly string[], Options, readonly string[]]>([
  ['is missing', () => [], { witnesses: [one.key] }, ['witness-missing']],
  ['is another’s', () => [other.line(current)], { witnesses: [one.key] }, ['witness-missing']],
  [
    'one of two is missing',
    () => [one.line(current)],
    { witnesses: [one.key, other.key] },
    ['witness-missing'],
  ],
  [
    'is over another checkpoint',
    () => [one.line(earlier)],
    { witnesses: [one.key] },
    ['cosignature-forged checkpoints/current.txt'],
  ],
  [
    'has a time that no calendar has',
    () => [one.line(current, 2 ** 52)],
    { witnesses: [one.key] },
    ['cosignature-forged checkpoints/current.txt'],
  ],
])('a cosignature that %s is named', async (_, lines, options, codes) => {
  expect(found(await verified(bundle({ lines: lines() }), options))).toEqual(codes);
});

test('an authority that is trusted says so too, of whichever checkpoint it stamped', async () => {
  const at = new Date(SEEN_AT * 1000).toISOString();
  for (const [over, leaves] of [
    [current, size],
    [earlier, 9],
  ] as const) {
    const report = await verified(bundle({ over }), { authorities });
    expect(found(report)).toEqual([]);
    expect(report.trust).toMatchObject({
      level: 'time-stamped',
      stamped: { by: '時刻局', at, size: leaves },
      hasUncheckedTimestamp: false,
    });
    expect(reportText(report, 'en')).toContain(`none of the first ${leaves} events was rewritten since`);
    expect(reportText(report, 'ja')).toContain('時刻認証局 時刻局 のタイムスタンプ');
  }
  const alone = await verified(bundle({ over: current }));
  expect(alone).toMatchObject({
    outcome: 'verified',
    trust: { level: 'self-signed', hasUncheckedTimestamp: true },
  });
  expect(reportText(alone, 'en')).toContain('Give the certificate of its authority');
});

test.each<[string, () => Buffer, string]>([
  ['that is not there', () => bundle({}), 'timestamp-missing'],
  ['over something else', () => bundle({ over: 'x' }), 'timestamp-of-another checkpoints/timestamp.tsr'],
  [
    'by somebody else',
    () => bundle({ over: current, by: certify({ name: 'Stranger', ...THEN }) }),
    'timestamp-untrusted checkpoints/timestamp.tsr',
  ],
  [
    'by a certificate that was not valid then',
    () =>
      bundle({
        over: current,
        by: certify({
          name: 'Young',
          issuer: root,
          from: THEN.until,
          until: new Date(SEEN_AT * 1000 + 2000),
        }),
      }),
    'timestamp-expired checkpoints/timestamp.tsr',
  ],
])('a stamp %s is named', async (_, made, code) => {
  expect(found(await verified(made(), { authorities }))).toEqual([code]);
});

test('a checkpoint that was kept says the most, and the others are said beside it', async () => {
  const zip = bundle({ over: current, lines: [one.line(current)] });
  const since = ledger.checkpoint(9, [ledger.keys[0]!]);
  const { trust } = await verified(zip, { since, authorities, witnesses: [one.key], key: signer.key });
  expect(trust).toMatchObject({ level: 'not-rewritten', witnessed: [{ size }], stamped: { size }, since: 9 });
});
