import { FILES } from '@enishi/bundle';
import { canonical } from '@enishi/transparency';
import { reportText, type Report } from '@enishi/verification';
import { filesOf, someLedger, zipped, type Unsigned } from './invented-bundle';
import { signingKey } from './invented-ledger';
import { KINDS_OF_BUNDLES, originalOf, survivorsOf, verified } from './mutant-run';
import { ofStranger } from './mutants';

const ledger = someLedger('2026-11');
const signer = ledger.keys.at(-1)!;
const size = ledger.events.length;
const WHOLE = KINDS_OF_BUNDLES[0]!;

/** Codes of what is wrong, each once, with the file it is in. */
const found = ({ findings }: Report): readonly string[] =>
  [...new Set(findings.map(({ code, file }) => (file === undefined ? code : `${code} ${file}`)))].sort();

/** A bundle of which some files are others, signed anew by whoever has the ledger's key. */
function signedAnew(
  change: (text: (name: string) => string) => Readonly<Record<string, string>>,
  wanted = WHOLE,
): Buffer {
  const unsigned = filesOf(ledger, wanted);
  const changed = change((name) => unsigned.files.get(name)!.toString('utf8'));
  return zipped(withFiles(unsigned, changed), signer);
}

function withFiles(unsigned: Unsigned, changed: Readonly<Record<string, string>>): Unsigned {
  const buffers = Object.entries(changed).map(([name, text]) => [name, Buffer.from(text)] as const);
  return { ...unsigned, files: new Map([...unsigned.files, ...buffers]) };
}

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('a bundle as it should be', () => {
  it.each(KINDS_OF_BUNDLES)('verifies: $scope, $level', async (wanted) => {
    const report = await verified(originalOf(ledger, wanted).zip);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({
      outcome: 'verified',
      trust: { level: 'self-signed', isYourKey: false, unchecked: [] },
    });
  });

  it('counts what is proven, withheld and erased; an erasure changes no outcome', async () => {
    const { counted } = await verified(originalOf(ledger, WHOLE).zip);
    expect(counted).toEqual({
      ...{ events: expect.any(Number), streams: expect.any(Number), data: 20, people: 4 },
      // Names and numbers of four, one of them twice; contact of three; eight texts and two reasons.
      ...{ proven: 4 * 2 + 1 + 3 * 2 + 8 + 2, withheld: 4, erased: 2, erasedUnrecorded: 0 },
    });
  });

  it('says more where more is known: the key, a checkpoint that was kept', async () => {
    const { zip } = originalOf(ledger, WHOLE);
    const { key } = signer;
    expect((await verified(zip, { key })).trust).toMatchObject({ level: 'your-key' });
    // The key before leads to this one too.
    expect((await verified(zip, { key: ledger.keys[0]!.key })).outcome).toBe('verified');
    const since = ledger.checkpoint(9, [ledger.keys[0]!]);
    expect(await verified(zip, { key, since })).toMatchObject({
      outcome: 'verified',
      trust: { level: 'not-rewritten', since: 9, earlierCheckpoints: 2 },
    });
  });
});

describe('what somebody without the key may try', () => {
  it('another key for everything: whoever has the ledger’s key sees it', async () => {
    const { zip } = ofStranger(originalOf(ledger, WHOLE), signingKey(ledger.origin));
    expect(found(await verified(zip, { key: signer.key }))).toEqual([
      'checkpoint-unsigned checkpoints/current.txt',
    ]);
  });

  it('an older bundle, replayed: whoever kept a newer checkpoint sees it', async () => {
    const older = originalOf(ledger, { ...WHOLE, size: size - 4 }).zip;
    expect((await verified(older)).outcome).toBe('verified');
    expect(found(await verified(older, { since: ledger.checkpoint(size) }))).toEqual(['bundle-older']);
  });

  it('bytes behind the zip, a second file of the same name, a line and its hash', async () => {
    const original = originalOf(ledger, WHOLE);
    expect(found(await verified(Buffer.concat([original.zip, Buffer.from('x')])))).toEqual([
      'zip-stray-bytes',
    ]);
    const { unsigned } = original;
    const consents = unsigned.files.get(FILES.consents)!.toString('utf8');
    const lied = consents.replace('"kind":"withdrawn"', '"kind":"granted"');
    const forged = zipped(withFiles(unsigned, { [FILES.consents]: lied }), signingKey(ledger.origin));
    const codes = found(await verified(forged));
    expect(codes).toEqual(['line-differs data/consents.jsonl', 'manifest-unsigned manifest.sig']);
  });
});

describe('what is in a bundle and not as it should be', () => {
  const stated = (change: object): Buffer => {
    const unsigned = filesOf(ledger, WHOLE);
    return zipped({ ...unsigned, stated: { ...unsigned.stated, ...change } as Unsigned['stated'] }, signer);
  };

  it.each<[string, object]>([
    ['tables of the whole ledger, of which there are none', { scope: { of: 'ledger' } }],
    ['a scope that every object has', { scope: { of: 'constructor' } }],
  ])('%s: the manifest is none', async (_, change) => {
    expect(found(await verified(stated(change)))).toEqual([`manifest-malformed ${FILES.manifest}`]);
  });

  it('text that drives a terminal is shown as what it is', async () => {
    const report = await verified(stated({ scope: { of: 'consents', kind: '\u001b[2J\u001b[H✓ Verified' } }));
    expect(report.outcome).toBe('failed');
    expect(reportText(report, 'en')).toContain('\ufffd[2J\ufffd[H✓ Verified');
    expect(reportText(report, 'en')).not.toContain('\u001b');
  });

  it('a disclosed category that every object has', async () => {
    const zip = signedAnew((text) => {
      const [first, ...rest] = linesOf(text(FILES.disclosures));
      const other = canonical({ ...(JSON.parse(first!) as object), category: 'constructor' });
      return { [FILES.disclosures]: textOf([other, ...rest]) };
    });
    expect((await verified(zip)).outcome).toBe('failed');
  });
});

describe('what the exporter, who has the key, may try', () => {
  it('a line that is not what happened', async () => {
    const zip = signedAnew((text) => ({
      [FILES.consents]: text(FILES.consents).replace('"kind":"withdrawn"', '"kind":"granted"'),
    }));
    const { findings } = await verified(zip);
    expect(findings).toEqual([
      expect.objectContaining({ code: 'line-differs', file: FILES.consents, field: 'kind', line: 3 }),
    ]);
  });

  it('a withdrawal left out, with its proof and its lines', async () => {
    const withdrawal = ledger.events.findIndex(({ type }) => type === 'ConsentWithdrawn');
    const { stream, id } = ledger.events[withdrawal]!;
    const zip = signedAnew((text) => {
      const events = linesOf(text(FILES.events)).filter((line) => !line.includes(`"id":"${id}"`));
      const leaves = events.map((line) => ledger.events.findIndex((event) => event.text === line));
      const runs = leaves.map((leaf) => ({ from: leaf, to: leaf + 1 }));
      const proofs = runs.map((run) => canonical({ ...run, path: ledger.runProof(run, size) }));
      const without = (name: string): string =>
        textOf(linesOf(text(name)).filter((line) => !line.includes(id)));
      return {
        [FILES.events]: textOf(events),
        [FILES.proofs]: textOf(proofs),
        [FILES.consents]: without(FILES.consents),
        [FILES.consentsCsv]: without(FILES.consentsCsv),
      };
    });
    expect((await verified(zip)).findings).toEqual([
      { code: 'stream-cut', file: FILES.streams, line: expect.any(Number), stream },
    ]);
  });

  it('the same, with the stream’s count lowered: the tree has no such leaf, but nobody else could tell', async () => {
    const zip = signedAnew((text) => ({
      [FILES.streams]: text(FILES.streams).replace('"events":3', '"events":2'),
    }));
    expect(found(await verified(zip))).toEqual([`stream-cut ${FILES.streams}`]);
  });

  it('a stream without events, so that it seems to be there', async () => {
    const zip = signedAnew((text) => ({
      [FILES.streams]: textOf([
        ...linesOf(text(FILES.streams)),
        canonical({ events: 0, stream: `purpose-${ledger.id}` }),
      ]),
    }));
    expect(found(await verified(zip))).toEqual([`stream-malformed ${FILES.streams}`]);
  });

  it('an event left out in the middle of a stream', async () => {
    const [first, second] = ledger.events.flatMap(({ type }, leaf) =>
      type === 'ConsentGranted' ? [leaf] : [],
    );
    const gone = ledger.events[second!]!;
    expect(first).toBeLessThan(second!);
    const zip = signedAnew((text) => {
      const events = linesOf(text(FILES.events)).filter((line) => line !== gone.text);
      const leaves = events.map((line) => ledger.events.findIndex((event) => event.text === line));
      const proofs = leaves.map((leaf) =>
        canonical({ from: leaf, to: leaf + 1, path: ledger.runProof({ from: leaf, to: leaf + 1 }, size) }),
      );
      return { [FILES.events]: textOf(events), [FILES.proofs]: textOf(proofs) };
    });
    const { findings } = await verified(zip);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'stream-gap', stream: gone.stream }));
  });

  it('a value that is another', async () => {
    const zip = signedAnew((text) => ({
      [FILES.disclosures]: text(FILES.disclosures).replace('青木', '青山'),
    }));
    expect(found(await verified(zip))).toEqual([
      'disclosure-wrong disclosures.jsonl',
      'line-differs data/people.csv',
      'line-differs data/people.jsonl',
    ]);
  });

  it('commitments of two people, swapped', async () => {
    const [one, other] = ledger.events.filter(({ type }) => type === 'AlumnusRegistered');
    const named = ({ text }: { readonly text: string }): string => /"name":"([0-9a-f]{64})"/.exec(text)![1]!;
    const zip = signedAnew((text) => ({
      [FILES.events]: text(FILES.events)
        .replace(named(one!), 'X')
        .replace(named(other!), named(one!))
        .replace('"name":"X"', `"name":"${named(other!)}"`),
    }));
    const codes = found(await verified(zip));
    expect(codes).toEqual(['disclosure-wrong disclosures.jsonl', 'event-not-in-tree events.jsonl']);
  });

  it('a value kept back that this level shows', async () => {
    const zip = signedAnew((text) => ({
      [FILES.disclosures]: textOf(linesOf(text(FILES.disclosures)).slice(1)),
    }));
    expect(found(await verified(zip))).toContain('disclosure-missing disclosures.jsonl');
  });

  it('an erasure that nobody recorded is told apart', async () => {
    const zip = signedAnew((text) => {
      const lines = linesOf(text(FILES.disclosures));
      const at = lines.findIndex((line) => line.includes('"evidence"'));
      const { category, event } = JSON.parse(lines[at]!) as Record<string, string>;
      return { [FILES.disclosures]: textOf(lines.with(at, canonical({ category, erased: true, event }))) };
    });
    const report = await verified(zip);
    expect(report).toMatchObject({ outcome: 'verified', counted: { erased: 3, erasedUnrecorded: 1 } });
  });

  it('an earlier checkpoint of another history', async () => {
    const other = someLedger('another history');
    const zip = signedAnew((text) => {
      const root = other.root({ from: 0, to: 9 });
      const lines = linesOf(text(FILES.history));
      const { path } = JSON.parse(lines[0]!) as { path: string[] };
      const note = other.checkpoint(9, ledger.keys).replaceAll(other.id, ledger.id);
      expect(Buffer.from(root)).not.toEqual(Buffer.from(ledger.root({ from: 0, to: 9 })));
      return { [FILES.history]: textOf([canonical({ note, path }), ...lines.slice(1)]) };
    });
    expect(found(await verified(zip))).toEqual([`checkpoint-forged ${FILES.history}`]);
  });

  it('a rewritten ledger: whoever kept a checkpoint of before sees it', async () => {
    const before = someLedger('before');
    Object.assign(before, { id: ledger.id });
    const kept = before.checkpoint(9, [ledger.keys[0]!]);
    const { zip } = originalOf(ledger, WHOLE);
    expect(found(await verified(zip, { since: kept }))).toEqual(['rewritten']);
    expect(found(await verified(zip, { since: ledger.checkpoint(8, [ledger.keys[0]!]) }))).toEqual([
      'since-no-way',
    ]);
    expect(found(await verified(zip, { since: 'x' }))).toEqual(['since-malformed']);
  });

  it('a key that the one before never handed over to, for all its signatures', async () => {
    const [older, newer] = ledger.keys;
    for (const note of [
      ledger.checkpoint(9, [older!]),
      // Anybody can sign an old checkpoint once more; only what the old key signed can name the new one.
      ledger.checkpoint(9, [older!, newer!]),
      ledger.checkpoint(9, [newer!], newer!),
    ]) {
      const history = `${canonical({ note, path: ledger.consistency(9, size) })}\n`;
      const zip = signedAnew(() => ({ [FILES.history]: history }));
      expect(found(await verified(zip))).toEqual([`key-change-unproven ${FILES.keys}`]);
    }
  });

  it('a key left out that has signed, and a signature put twice', async () => {
    const [, newer] = ledger.keys;
    const without = signedAnew(() => ({ [FILES.keys]: `${newer!.vkey}\n` }));
    expect(found(await verified(without))).toContain(`checkpoint-of-unknown-key ${FILES.history}`);
    const twice = signedAnew((text) => ({
      [FILES.checkpoint]: text(FILES.checkpoint).replace(/(— .*\n)$/, '$1$1'),
    }));
    expect(found(await verified(twice))).toEqual([`checkpoint-malformed ${FILES.checkpoint}`]);
  });

  it('a checkpoint that a replaced key signed later on', async () => {
    const zip = signedAnew(() => ({ [FILES.checkpoint]: ledger.checkpoint(size, [ledger.keys[0]!]) }));
    expect(found(await verified(zip))).toEqual([`checkpoint-of-replaced-key ${FILES.checkpoint}`]);
  });
});

it('of 300 mutants none is taken for the bundle', async () => {
  const { names, same } = await survivorsOf('a few', 300);
  expect(names).toEqual([]);
  // What only looks like a mutant: a date in a header, a line put for its equal.
  expect(same).toBeLessThan(60);
});
