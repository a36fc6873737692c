import { createHash, randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyClosed, migrateVault, parseKeysSetting, type Vault } from '@enishi/vault';
import { testCluster } from '../support/postgres';
import { anId, guest, House, record, registration } from './house';

const NAMES = ['髙橋', 'ハナコ', 'hanako@example.jp', 'A-00017', '1980-02-29'];

describe('the vault', () => {
  let house: House;
  let vault: Vault;
  beforeAll(async () => {
    house = await House.build();
    vault = await house.open();
  });
  afterAll(() => house.tearDown());

  it('is migrated again without harm, and only by this program or an older one', async () => {
    await migrateVault(house.database.ownerUrl, { servingRole: 'enishi_app' });
    await record(vault, [guest(anId())]);
    await expect(migrateVault(house.database.ownerUrl, { servingRole: 'a; DROP' })).rejects.toThrow(
      'plain role name',
    );
    await house.owner.query('INSERT INTO vault.migrations (version) VALUES (999)');
    await expect(migrateVault(house.database.ownerUrl, { servingRole: 'enishi_app' })).rejects.toThrow(
      'upgrade',
    );
    await house.owner.query('DELETE FROM vault.migrations WHERE version = 999');
  });

  it('is opened by two migrations at once', async () => {
    const cluster = await testCluster();
    const database = await cluster.createDatabase('vault_twice');
    const migrate = (): Promise<void> => migrateVault(database.ownerUrl, { servingRole: 'enishi_app' });
    await Promise.all([migrate(), migrate(), migrate()]);
    await database.drop();
    await cluster.stop();
  });

  it('says what is wrong when it cannot be opened', async () => {
    await expect(house.open({ ledgerId: 'ledger-2' })).rejects.toMatchObject({
      code: 'vault-of-another-ledger',
    });
    const other = parseKeysSetting('env:K', {
      development: false,
      environment: { K: randomBytes(32).toString('base64') },
    });
    await expect(house.open({ masterKey: other })).rejects.toMatchObject({ code: 'master-key-invalid' });
    const missing = parseKeysSetting(`file:${house.directory}/gone.key`, { development: true });
    await expect(house.open({ masterKey: missing })).rejects.toThrow(
      'is missing, and the vault was made with it',
    );
    const cluster = await testCluster();
    const database = await cluster.createDatabase('vault_empty');
    await expect(house.open({ databaseUrl: database.url })).rejects.toMatchObject({
      code: 'vault-not-migrated',
    });
    await migrateVault(database.ownerUrl, { servingRole: 'enishi_app' });
    const careless = `${database.url}?options=-c%20synchronous_commit%3Doff`;
    await expect(house.open({ databaseUrl: careless })).rejects.toMatchObject({ code: 'vault-not-durable' });
    await database.drop();
    await cluster.stop();
    await expect(house.open({ ledgerId: 'x/y' })).rejects.toMatchObject({
      code: 'ledger-id-invalid',
    });
  });

  describe('identities', () => {
    const of = (number: string) => ({ source: 'jinjer', number });

    it('are drawn once, in the order asked for', async () => {
      const numbers = Array.from({ length: 300 }, anId);
      const first = await vault.identities.reserve([...numbers, numbers[0]!].map(of));
      expect(first.every(({ isNew, blocked, state }) => isNew && !blocked && state === 'reserved')).toBe(
        true,
      );
      expect(first[300]!.alumnusId).toBe(first[0]!.alumnusId);
      expect(new Set(first.map(({ alumnusId }) => alumnusId)).size).toBe(300);
      const again = await vault.identities.reserve([...numbers].reverse().map(of));
      expect(again.map(({ alumnusId }) => alumnusId).reverse()).toEqual(
        first.slice(0, 300).map(({ alumnusId }) => alumnusId),
      );
      expect(again.some(({ isNew }) => isNew)).toBe(false);
      expect(await vault.identities.find('jinjer', numbers[7]!)).toBe(first[7]!.alumnusId);
      expect(await vault.identities.find('other', numbers[7]!)).toBeUndefined();
      expect(await vault.identities.reserve([])).toEqual([]);
    });

    it('are told apart where known, new, blocked and repeated ones come together', async () => {
      const [known, blocked, fresh] = [anId(), anId(), anId()];
      const before = await vault.identities.reserve([known, blocked].map(of));
      await vault.identities.block([before[1]!.alumnusId], '2999-01-01T00:00:00.000Z');
      const answers = await vault.identities.reserve([fresh, blocked, known, fresh].map(of));
      expect(answers).toEqual([
        { alumnusId: expect.any(String) as string, state: 'reserved', isNew: true, blocked: false },
        { alumnusId: before[1]!.alumnusId, state: 'blocked', isNew: false, blocked: true },
        { alumnusId: before[0]!.alumnusId, state: 'reserved', isNew: false, blocked: false },
        answers[0],
      ]);
      expect(await vault.identities.find('jinjer', fresh)).toBe(answers[0]!.alumnusId);
    });

    it('are agreed on by processes that reserve them at once', async () => {
      const other = await house.open();
      const numbers = Array.from({ length: 500 }, anId);
      const [left, right] = await Promise.all([
        vault.identities.reserve(numbers.map(of)),
        other.identities.reserve([...numbers].reverse().map(of)),
      ]);
      expect(left.map(({ alumnusId }) => alumnusId)).toEqual(
        right.map(({ alumnusId }) => alumnusId).reverse(),
      );
      const news = left.filter(({ isNew }) => isNew).length + right.filter(({ isNew }) => isNew).length;
      expect(news).toBe(500);
    });

    it('are registered, blocked after an erasure, and free for a new person when the date has come', async () => {
      let now = new Date('2026-11-21T00:00:00.000Z');
      const timed = await house.open({ clock: () => now });
      const number = anId();
      const reserve = async () => (await timed.identities.reserve([of(number)]))[0]!;
      const { alumnusId } = await reserve();
      await timed.identities.register([alumnusId]);
      expect(await reserve()).toEqual({ alumnusId, state: 'registered', isNew: false, blocked: false });
      await timed.identities.block([alumnusId], '2027-01-01T00:00:00.000Z');
      expect(await reserve()).toEqual({ alumnusId, state: 'blocked', isNew: false, blocked: true });
      expect(await timed.identities.find('jinjer', number)).toBeUndefined();
      now = new Date('2027-01-01T00:00:00.000Z');
      const fresh = await reserve();
      expect(fresh).toMatchObject({ state: 'reserved', isNew: true, blocked: false });
      expect(fresh.alumnusId).not.toBe(alumnusId);
    });

    it('stand in the table as HMACs only', async () => {
      await vault.identities.reserve([of('A-00017')]);
      const { rows } = await house.owner.query<{ tag: Buffer }>('SELECT * FROM vault.identities');
      expect(JSON.stringify(rows)).not.toContain('A-00017');
      expect(rows.every(({ tag }) => tag.length === 32)).toBe(true);
    });
  });

  it('tags parts unambiguously and by purpose', () => {
    const tags = [
      vault.tag('a', 'b', 'c'),
      vault.tag('a', 'bc'),
      vault.tag('ab', 'c'),
      vault.tag('a', 'b,c'),
      vault.tag('a'),
    ];
    expect(new Set(tags).size).toBe(5);
    expect(tags[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(vault.tag('a', 'b', 'c')).toBe(tags[0]);
  });

  describe('artefacts', () => {
    const folder = (): string => join(house.directory, 'artefacts');
    const files = async (): Promise<string[]> =>
      (await readdir(folder(), { recursive: true })).filter((n) => n.includes('.'));

    it('are kept once where the same bytes about the same person come again, at the same time too', async () => {
      const subject = `alumnus:${anId()}` as const;
      const scan = Buffer.from('%PDF-1.7 同意書');
      const once = (bytes = scan, who: typeof subject = subject) =>
        vault.artefacts.putOnce(who, 'consent-evidence', bytes);
      const first = await once();
      expect(
        new Set((await Promise.all([once(), once(), once()])).map((one) => JSON.stringify(one))),
      ).toEqual(new Set([JSON.stringify(first)]));
      expect(await vault.artefacts.sealedHash(subject, first.artefactId)).toBe(first.sha256);
      expect(Buffer.from(await vault.artefacts.get(subject, first.artefactId)).equals(scan)).toBe(true);
      const others = [await once(Buffer.from('another')), await once(scan, `alumnus:${anId()}`)];
      expect(new Set([first, ...others].map(({ artefactId }) => artefactId)).size).toBe(3);
      expect(new Set([first, ...others].map(({ sha256 }) => sha256)).size).toBe(3);
      await vault.closeKey(subject, 'consent-evidence', 'staff:1', 'test');
      await expect(once()).rejects.toThrow(KeyClosed);
    });

    it('come back as they were; the hash is over the sealed file', async () => {
      const subject = `alumnus:${anId()}` as const;
      const scan = randomBytes(100_000);
      const { artefactId, sha256 } = await vault.artefacts.put(subject, 'consent-evidence', scan);
      const path = join(folder(), artefactId.slice(0, 2), `${artefactId}.sealed`);
      const file = await readFile(path);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
      expect(file.includes(scan.subarray(0, 16))).toBe(false);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(Buffer.from(await vault.artefacts.get(subject, artefactId)).equals(scan)).toBe(true);

      await expect(vault.artefacts.get(`alumnus:${anId()}`, artefactId)).rejects.toMatchObject({
        code: 'seal-broken',
      });
      file[file.length - 20]! ^= 1;
      await writeFile(path, file);
      await expect(vault.artefacts.get(subject, artefactId)).rejects.toMatchObject({ code: 'seal-broken' });
    });

    it('are gone with their key, and missing without their file', async () => {
      const subject = `alumnus:${anId()}` as const;
      const { artefactId } = await vault.artefacts.put(subject, 'consent-evidence', Buffer.from('scan'));
      await vault.closeKey(subject, 'consent-evidence', 's', 'w');
      await vault.destroyKey(subject, 'consent-evidence', 's', 'w', 'p');
      await expect(vault.artefacts.get(subject, artefactId)).rejects.toThrow(KeyClosed);
      await expect(vault.artefacts.put(subject, 'consent-evidence', Buffer.from('scan'))).rejects.toThrow(
        KeyClosed,
      );
      for (const id of [anId(), '../../master.key', '00000000-0000-4000-8000-000000000000']) {
        await expect(vault.artefacts.get(subject, id)).rejects.toMatchObject({ code: 'artefact-missing' });
      }
    });

    it('leave nothing behind when writing breaks off', async () => {
      const breaking = await house.open({
        faultPoint: (name) => {
          if (name === 'artefact-written') throw new Error('disk full');
        },
      });
      const before = await files();
      await expect(breaking.artefacts.put(`alumnus:${anId()}`, 'contact', Buffer.from('x'))).rejects.toThrow(
        'disk full',
      );
      expect(await files()).toEqual(before);
    });
  });

  it('never tells a personal value: not in the tables, not in logs, not in errors', async () => {
    const id = anId();
    const [event] = await record(vault, [registration(id)]);
    await vault.closeKey(`alumnus:${id}`, 'programme', 's', 'w');
    const told: string[] = [...house.lines];
    const group = (event!.data['sealed'] as unknown as { ciphertext: string }[])[0]!;
    const broken = {
      ...event!,
      data: { ...event!.data, sealed: [{ ...group, ciphertext: 'AAAA' }] as never },
    };
    for (const work of [() => record(vault, [registration(id)]), () => vault.openFacts([broken])]) {
      const error = (await work().then(
        () => new Error('expected to fail'),
        (caught: unknown) => caught,
      )) as Error;
      expect(error.message).not.toBe('expected to fail');
      told.push(
        String(error.stack),
        JSON.stringify(error),
        String((error as { cause?: Error }).cause?.stack),
      );
    }
    for (const table of ['keys', 'identities', 'ledger', 'epochs', 'processes']) {
      told.push(JSON.stringify((await house.owner.query(`SELECT t::text FROM vault.${table} t`)).rows));
    }
    for (const name of NAMES) expect(told.join('\n')).not.toContain(name);
  });
});

describe('the master key setting', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.build();
  });
  afterAll(() => house.tearDown());
  const KEY = randomBytes(32);
  const works = async (
    text: string,
    development: boolean,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<void> => {
    const provider = parseKeysSetting(text, { development, environment });
    const wrapped = await provider.wrap(KEY, 'context');
    expect(await provider.unwrap(wrapped, 'context')).toEqual(KEY);
    await expect(provider.unwrap(wrapped, 'another context')).rejects.toMatchObject({
      code: 'master-key-invalid',
    });
  };

  it('file: makes a key with mode 0600 when first needed, in development only', async () => {
    const path = join(house.directory, 'new', 'dev.key');
    await works(`file:${path}`, true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(() => parseKeysSetting(`file:${path}`, { development: false })).toThrow('for development only');
    await expect(works(`mount:${path}`, false)).rejects.toThrow('is a development key');
    await chmod(path, 0o644);
    await expect(works(`file:${path}`, true)).rejects.toThrow('chmod 600');
  });

  it('mount: reads raw bytes or base64, and never makes a key', async () => {
    const path = join(house.directory, 'mounted.key');
    await expect(works(`mount:${path}`, false)).rejects.toThrow('is missing; mount it there');
    await expect(stat(path)).rejects.toThrow();
    await writeFile(path, randomBytes(32));
    await works(`mount:${path}`, false);
    await writeFile(path, `${randomBytes(32).toString('base64')}\n`);
    await works(`mount:${path}`, false);
    await writeFile(path, 'short');
    await expect(works(`mount:${path}`, false)).rejects.toThrow('must hold 32 bytes');
  });

  it('env: reads base64', async () => {
    await works('env:K', false, { K: randomBytes(32).toString('base64') });
  });

  it.each([
    ['env:K', 'K is not set'],
    ['env:', 'needs the name of a variable'],
    ['env:BAD', '32 bytes in base64'],
    ['file:relative', 'must be absolute'],
    ['mount:', 'must be absolute'],
    ['c2VjcmV0', 'unknown kind'],
    ['', 'unknown kind'],
  ])('%j is refused: %s, and no key is repeated', (text, problem) => {
    let error: Error | undefined;
    try {
      parseKeysSetting(text, { development: true, environment: { BAD: 'c2VjcmV0' } });
    } catch (caught) {
      error = caught as Error;
    }
    expect(error?.message).toContain(problem);
    expect(error?.message).not.toContain('c2VjcmV0');
  });
});
