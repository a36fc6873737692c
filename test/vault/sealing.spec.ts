import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Json, JsonObject } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { canonical, commitment, fieldSalt } from '@enishi/transparency';
import { KeyClosed, KeyLost, SealBroken, type Vault } from '@enishi/vault';
import fc from 'fast-check';
import { additionalData, openGroup, sealGroup, type SealedGroup } from '../../libs/vault/src/sealed-group';
import { pagedRandom } from '../../libs/vault/src/aead';
import { anId, guest, House, openOne, record, recorded, registration } from './house';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const groupsOf = (event: RecordedEvent): SealedGroup[] => event.data['sealed'] as unknown as SealedGroup[];

function isCanonical(value: Json): boolean {
  try {
    canonical(value);
    return true;
  } catch {
    return false;
  }
}

/** JSON values the ledger can hold. */
const jsonValue = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value).replace(/\\u0000|\\ud[89a-f]../g, '')) as Json)
  .filter(isCanonical);

describe('sealing', () => {
  let house: House;
  let vault: Vault;
  beforeAll(async () => {
    house = await House.build();
    vault = await house.open();
  });
  afterAll(() => house.tearDown());

  it('opens what it sealed, clear fields untouched', async () => {
    const id = anId();
    const [event] = await record(vault, [registration(id)]);
    expect(Object.keys(event!.data).sort()).toEqual(['alumnusId', 'origin', 'sealed']);
    expect(groupsOf(event!).map((group) => group.category)).toEqual([
      'contact',
      'leaving-detail',
      'programme',
    ]);
    expect(event!.dataText).not.toContain('髙橋');
    const [fact] = await vault.openFacts([event!]);
    expect(fact).toEqual({
      type: 'AlumnusRegistered',
      data: registration(id).data,
      id: event!.id,
      stream: event!.stream,
      revision: 0,
      position: event!.position,
      effectiveAt: '2026-11-21T00:00:00.000Z',
      decidedAt: '2026-11-21T00:00:00.000Z',
      recordedAt: '2026-11-21T00:00:00.001Z',
      actor: 'staff:s-1',
      commandId: 'c-1',
      erased: [],
    });
  });

  it('reads effectiveAt and batchId from the metadata where they stand', async () => {
    const [event] = await record(vault, [guest(anId())]);
    const metadata = { ...event!.metadata, effectiveAt: '2026-11-20T00:00:00.000Z', batchId: 'b-1' };
    expect((await vault.openFacts([{ ...event!, metadata }]))[0]).toMatchObject({
      effectiveAt: '2026-11-20T00:00:00.000Z',
      batchId: 'b-1',
    });
    const { decidedAt: _, ...without } = event!.metadata;
    await expect(vault.openFacts([{ ...event!, metadata: without }])).rejects.toMatchObject({
      code: 'event-unreadable',
    });
  });

  it('gives back any value', async () => {
    const id = anId();
    await fc.assert(
      fc.asyncProperty(jsonValue, jsonValue, async (name, words) => {
        const [event] = await record(vault, [guest(id, { name, words })]);
        const { data } = await openOne(vault, event!);
        expect(canonical(data)).toBe(canonical({ alumnusId: id, name, words }));
      }),
      { numRuns: 60 },
    );
  });

  it('opens only the categories asked for', async () => {
    const [event] = await record(vault, [registration(anId())]);
    const [fact] = await vault.openFacts([event!], { categories: ['contact'] });
    expect(Object.keys(fact!.data).sort()).toEqual(['alumnusId', 'email', 'origin', 'phone']);
    expect(fact!.erased).toEqual([]);
  });

  it('upcasts what it opened', async () => {
    const older = await house.open({ upcasters: { GuestNoted: { 1: (data) => ({ ...data, cups: 1 }) } } });
    const id = anId();
    const [{ stream, id: eventId, data }] = (await record(vault, [guest(id)])) as [RecordedEvent];
    // The version is authenticated, so the stored event cannot just be relabelled.
    await expect(older.openFacts([recorded(stream, eventId, 'GuestNoted', data, 1)])).rejects.toThrow(
      SealBroken,
    );
    const clear = recorded(stream, eventId, 'GuestNoted', { alumnusId: id }, 1);
    expect((await openOne(older, clear)).data).toEqual({ alumnusId: id, cups: 1 });
  });

  describe('refuses', () => {
    let event: RecordedEvent;
    beforeAll(async () => {
      [event] = (await record(vault, [guest(anId(), { name: '青木' })])) as [RecordedEvent];
    });
    const withGroup = (change: Partial<SealedGroup>): RecordedEvent => {
      const [group] = groupsOf(event);
      return { ...event, data: { ...event.data, sealed: [{ ...group!, ...change }] as unknown as Json } };
    };

    it('a flipped bit anywhere in the ciphertext', async () => {
      const bytes = Buffer.from(groupsOf(event)[0]!.ciphertext, 'base64');
      for (let at = 0; at < bytes.length; at++) {
        const altered = Buffer.from(bytes);
        altered[at]! ^= 1 << (at % 8);
        await expect(
          vault.openFacts([withGroup({ ciphertext: altered.toString('base64') })]),
        ).rejects.toThrow(SealBroken);
      }
    });

    it('a shortened ciphertext', async () => {
      const bytes = Buffer.from(groupsOf(event)[0]!.ciphertext, 'base64');
      for (const length of [0, 5, 27, bytes.length - 1]) {
        const ciphertext = bytes.subarray(0, length).toString('base64');
        await expect(vault.openFacts([withGroup({ ciphertext })])).rejects.toThrow(SealBroken);
      }
    });

    it('another stream, event, type or version', async () => {
      for (const change of [{ stream: 'alumnus-x' }, { id: anId() }, { type: 'AlumnusReturned' }] as const) {
        await expect(vault.openFacts([{ ...event, ...change }])).rejects.toThrow(SealBroken);
      }
      const metadata = { ...event.metadata, v: 1 };
      await expect(vault.openFacts([{ ...event, metadata }])).rejects.toThrow(SealBroken);
    });

    it('another subject, category or generation, even where such a key exists', async () => {
      const other = anId();
      await record(vault, [
        guest(other),
        guest((event.data as { alumnusId: string }).alumnusId, { address: 'x' }),
      ]);
      await expect(vault.openFacts([withGroup({ subject: `alumnus:${other}` })])).rejects.toThrow(SealBroken);
      await expect(vault.openFacts([withGroup({ category: 'contact' })])).rejects.toThrow(SealBroken);
      await expect(vault.openFacts([withGroup({ generation: 2 })])).rejects.toThrow(KeyLost);
    });
  });

  it('authenticates the canonical form of where the group stands', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.uuid(),
        fc.nat(),
        fc.nat(),
        (ledger, stream, eventId, version, generation) => {
          fc.pre([ledger, stream].every((text) => isCanonical(text)));
          const place = { ledger, stream, eventId, type: 'GuestNoted', version };
          const group = { category: 'contact', subject: 'alumnus:a', generation } as const;
          expect(additionalData(place, group)).toBe(
            canonical({ ledger, stream, event: eventId, type: 'GuestNoted', schema: version, ...group }),
          );
        },
      ),
    );
  });

  describe('commitments', () => {
    const place = { ledger: 'l', stream: 's', eventId: 'e', type: 'T', version: 1 };
    const name = { category: 'programme', subject: 'alumnus:a', generation: 1 } as const;
    const key = Buffer.alloc(32, 7);

    it('are what the documentation says, computed another way', () => {
      const group = sealGroup(key, place, name, [['name', '"青木"']], pagedRandom());
      const { salt } = openGroup(key, place, group);
      const ofField = createHmac('sha256', Buffer.from(salt, 'base64')).update('programme\0name').digest();
      const expected = createHash('sha256')
        .update('enishi/commitment/v1\0')
        .update(ofField)
        .update('"青木"')
        .digest('hex');
      expect(group.commitments['name']).toBe(expected);
    });

    it('can be checked from (value, field salt) alone', () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 32, maxLength: 32 }),
          fc.string(),
          fc.string(),
          (salt, field, value) => {
            const own = fieldSalt(sha256, salt, 'contact', field);
            expect(Buffer.from(own)).toEqual(createHmac('sha256', salt).update(`contact\0${field}`).digest());
            const made = commitment(sha256, own, value);
            expect(made).toHaveLength(32);
            expect(commitment(sha256, own, `${value}x`)).not.toEqual(made);
          },
        ),
      );
    });

    it('never repeat: a fresh salt per group', async () => {
      const id = anId();
      const events = await record(vault, [guest(id, { words: 'x' }), guest(id, { words: 'x' })]);
      const all = events.flatMap(groupsOf).map((group) => group.commitments['words']);
      expect(all).toHaveLength(4);
      expect(new Set(all).size).toBe(4);
    });
  });

  it('shreds one category of a value that stands in two, and no surviving key yields its salt', async () => {
    const id = anId();
    const subject = `alumnus:${id}` as const;
    const words = 'よく笑う人でした';
    const [event] = (await record(vault, [guest(id, { words, name: '青木', address: '京都' })])) as [
      RecordedEvent,
    ];
    const evidence = groupsOf(event).find((group) => group.category === 'consent-evidence')!;
    const place = {
      ledger: house.ledgerId,
      stream: event.stream,
      eventId: event.id,
      type: event.type,
      version: 2,
    };

    // The salt as it was, and proof that it explains the commitment, before the key goes.
    let salt = '';
    const keyBytes = await unwrappedKeys(house, vault, id);
    for (const key of keyBytes) salt ||= tryOpen(key, place, evidence)?.salt ?? '';
    expect(salt).not.toBe('');
    const explains = (candidate: string): boolean =>
      Buffer.from(
        commitment(
          sha256,
          fieldSalt(sha256, Buffer.from(candidate, 'base64'), 'consent-evidence', 'words'),
          canonical(words),
        ),
      ).toString('hex') === evidence.commitments['words'];
    expect(explains(salt)).toBe(true);

    await vault.closeKey(subject, 'consent-evidence', 'staff:s', 'erasure');
    await vault.destroyKey(subject, 'consent-evidence', 'staff:s', 'erasure', 'plan-1');

    const surviving = await unwrappedKeys(house, vault, id);
    expect(surviving).toHaveLength(2);
    for (const key of surviving) {
      for (const group of groupsOf(event)) {
        const opened = tryOpen(key, place, group);
        if (!opened) continue;
        expect(group.category).not.toBe('consent-evidence');
        expect(explains(opened.salt)).toBe(false);
        expect(JSON.stringify(opened)).not.toContain(salt);
      }
    }
    const { data, erased } = await openOne(vault, event);
    expect(erased).toEqual(['consent-evidence']);
    // The same words live on where another category still needs them.
    expect(data).toEqual({ alumnusId: id, words, name: '青木', address: '京都' });
    await expect(record(vault, [guest(id, { words })])).rejects.toThrow(KeyClosed);
  });

  it('tells a loss from an erasure', async () => {
    const id = anId();
    const [event] = (await record(vault, [guest(id)])) as [RecordedEvent];
    const other = await house.open();
    await house.owner.query('DELETE FROM vault.keys WHERE subject = $1', [`alumnus:${id}`]);
    await expect(other.openFacts([event])).rejects.toThrow(KeyLost);
    expect(house.alarms.at(-1)).toEqual({
      code: 'key-lost',
      details: { subject: `alumnus:${id}`, category: 'programme', generation: 1 },
    });
  });
});

function tryOpen(
  key: Buffer,
  place: Parameters<typeof openGroup>[1],
  group: SealedGroup,
): { salt: string; values: JsonObject } | undefined {
  try {
    return openGroup(key, place, group);
  } catch {
    return undefined;
  }
}

/** Every key of a person that can still be unwrapped, by the documented layout and plain Node. */
async function unwrappedKeys(house: House, vault: Vault, alumnusId: string): Promise<Buffer[]> {
  const open = (key: Buffer, sealed: Buffer, aad: string): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(aad)).setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  };
  const epoch = (await vault.epochs()).find(({ state }) => state === 'current')!.epoch;
  const master = Buffer.from(
    (await readFile(`${house.directory}/master.key`, 'utf8')).split(':')[1]!,
    'base64',
  );
  const file = JSON.parse(
    await readFile(`${house.epochs}/${house.ledgerId}.epoch-${epoch}.json`, 'utf8'),
  ) as {
    wrapped: string;
  };
  const epochKey = open(
    master,
    Buffer.from(file.wrapped, 'base64'),
    `enishi/epoch-key/v1/${house.ledgerId}/${epoch}`,
  );
  return (await house.keysOf(alumnusId)).flatMap(({ category, generation, wrapped }) =>
    wrapped === null
      ? []
      : [
          open(
            epochKey,
            wrapped,
            canonical({
              category,
              epoch,
              generation,
              ledger: house.ledgerId,
              subject: `alumnus:${alumnusId}`,
            }),
          ),
        ],
  );
}

it('uses AES-256-GCM as Node has it', () => {
  const key = Buffer.alloc(32, 1);
  const place = { ledger: 'l', stream: 's', eventId: 'e', type: 'T', version: 1 };
  const name = { category: 'contact', subject: 'alumnus:a', generation: 3 } as const;
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12, 2));
  cipher.setAAD(
    Buffer.from(canonical({ ledger: 'l', stream: 's', event: 'e', type: 'T', schema: 1, ...name })),
  );
  const plaintext = canonical({
    salt: Buffer.alloc(32).toString('base64'),
    values: { email: 'a@example.jp' },
  });
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const ciphertext = Buffer.concat([Buffer.alloc(12, 2), body, cipher.getAuthTag()]).toString('base64');
  expect(openGroup(key, place, { ...name, ciphertext, commitments: {} }).values).toEqual({
    email: 'a@example.jp',
  });
});
