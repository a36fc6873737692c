import { createHash } from 'node:crypto';
import { declarationOf, EVENTS, METADATA, type Category } from '@enishi/domain';
import { UPCASTERS } from '@enishi/domain';
import { leafHash, leafText } from '@enishi/transparency';
import { openFacts, type FactsOptions } from '../../libs/vault/src/facts';
import { fixtureKey, fixtures, leafOf, LEDGER, writeMissing, type Fixture } from './fixture';
import { independentLeafHash, independentText } from './independent-leaf';

// ENISHI_WRITE_FIXTURES=1 adds fixtures of new types and versions; those that are there stay as they are.
if (process.env['ENISHI_WRITE_FIXTURES']) writeMissing();

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** A vault whose keys are the fixtures'. `destroyed` are gone. */
function keysOf(destroyed: readonly Category[] = []): FactsOptions {
  const ring = {
    forOpening: (_: unknown, wanted: ReadonlyMap<string, Parameters<typeof keyOf>[0]>) =>
      Promise.resolve(new Map([...wanted].map(([id, name]) => [id, keyOf(name)]))),
  };
  const keyOf = (name: { subject: string; category: Category; generation: number }) =>
    destroyed.includes(name.category)
      ? 'destroyed'
      : fixtureKey(name.subject, name.category, name.generation);
  const sessions = { current: () => Promise.resolve({ watches: new Set() }) };
  const pool = { query: () => Promise.resolve({ rows: [] }) };
  const options = {
    ledgerId: LEDGER,
    pool,
    sessions,
    ring,
    declarations: declarationOf,
    upcasters: UPCASTERS,
  };
  return options as unknown as FactsOptions;
}

const recorded = ({ stored }: Fixture) => ({ ...stored, position: 4n, dataText: '', metadataText: '' });

/** The leaf as RFC 6962 would have it hashed: one JSON object of the parts that `ledger.md` names. */
const wholeLeaf = ({ stored }: Fixture) => {
  const { stream, revision, id, type, data, metadata, recordedAt } = stored;
  return { v: 1, ledger: LEDGER, stream, revision: String(revision), id, type, data, metadata, recordedAt };
};

describe('events that were stored', () => {
  const all = fixtures();

  it('have a fixture for every type, in every version there ever was', () => {
    const wanted = Object.entries(EVENTS).flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, at) => `${type}.v${at + 1}.json`),
    );
    expect([...all.keys()]).toEqual(wanted.sort());
  });

  it.each([...all])('%s still opens, and is what it was', async (_, fixture) => {
    const [fact] = await openFacts(keysOf(), [recorded(fixture)]);
    expect(fact).toMatchObject({
      type: fixture.stored.type,
      erased: [],
      effectiveAt: '2026-11-20T15:00:00.000Z',
    });
    if (fixture.stored.metadata['v'] === declarationOf(fixture.stored.type).version) {
      expect(fact!.data).toEqual(fixture.opened);
    }
  });

  it.each([...all])('%s opens without its keys, to its clear fields alone', async (_, fixture) => {
    const sealed = (fixture.stored.data['sealed'] ?? []) as readonly { category: Category }[];
    const categories = sealed.map(({ category }) => category);
    const [fact] = await openFacts(keysOf(categories), [recorded(fixture)]);
    expect(fact!.erased).toEqual(categories);
    const { sealed: _sealed, ...clear } = fixture.stored.data;
    if (fixture.stored.metadata['v'] === declarationOf(fixture.stored.type).version) {
      expect(fact!.data).toEqual(clear);
    }
    const text = JSON.stringify(fixture.stored);
    for (const value of sealed.length === 0 ? [] : ['花子', 'hanako', '髙﨑 守', '本人の申し出']) {
      expect(text).not.toContain(value);
    }
  });

  it.each([...all])('%s has the leaf it had, by our computation and by an independent one', (_, fixture) => {
    expect(leafText(leafOf(fixture))).toBe(fixture.leafText);
    expect(independentText(wholeLeaf(fixture))).toBe(fixture.leafText);
    expect(Buffer.from(leafHash(leafOf(fixture), sha256)).toString('hex')).toBe(fixture.leafHash);
    expect(independentLeafHash(wholeLeaf(fixture))).toBe(fixture.leafHash);
  });

  it('carry every metadata key there is, and no other', () => {
    for (const { stored } of all.values()) {
      expect(Object.keys(stored.metadata).sort()).toEqual(Object.keys(METADATA).sort());
    }
  });

  it('have another hash when any part of them changes', () => {
    const [[, fixture]] = [...all] as [[string, Fixture]];
    const leaf = leafOf(fixture);
    const changes = [
      { ledger: 'x' },
      { stream: 'x' },
      { revision: 4 },
      { id: 'x' },
      { type: 'x' },
      { recordedAt: '2026-11-21T06:04:05.008Z' },
      { dataText: '{}' },
      { metadataText: '{}' },
    ];
    const hashes = changes.map((change) =>
      Buffer.from(leafHash({ ...leaf, ...change }, sha256)).toString('hex'),
    );
    expect(new Set([...hashes, fixture.leafHash]).size).toBe(changes.length + 1);
  });
});

it('the independent text follows the examples of RFC 8785', () => {
  // Section 3.2.3, sorting; 3.2.2.2, escapes.
  const example = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  expect(independentText(example)).toBe(
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  );
  expect(independentText('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
});
