import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonField } from '@enishi/domain';
import { Client } from 'pg';
import { databaseOf } from '../support/home-database';
import { accepted, caughtUp, furnish, importFile, IN_PERSON, wholeRoster } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { startServer, temporaryHome, type TemporaryHome, type TestServer } from '../support/server';
import { wordsIn } from './places';
import { found, tracesOf } from './traces';

jest.setTimeout(300_000);

/** Invented, and about people who are erased. */
const ERASED = {
  family: '黒鶫野',
  given: '瑠璃鶲',
  kana: 'クロツグミノ',
  former: '旧鷦鷯',
  number: 'KIBITAKI-77',
  mail: 'kuina.bunchou@canary.example',
  phone: '9077712345',
  address: '幻目白台9丁目',
  line: 'mozu-line-id',
  department: '駒鳥開発部',
  job: '翡翠設計職',
  reason: '鶯色の理由',
  detail: '鶯色の詳細',
  born: '1931-07-19',
  correction: '雲雀の訂正',
  person2: '仏法僧太郎',
  mail2: 'buppousou@canary.example',
} as const;
/** Each value that may be known of a person has a word among them: a new one that has none does not compile. */
const OF_FIELD: Readonly<Record<PersonField, keyof typeof ERASED>> = {
  name: 'family',
  kana: 'kana',
  formerNames: 'former',
  employeeNumber: 'number',
  birthDate: 'born',
  email: 'mail',
  phone: 'phone',
  postalAddress: 'address',
  lineId: 'line',
  leavingReason: 'reason',
  leavingDetail: 'detail',
};
/** About somebody who stays: that they are found shows that looking finds. */
const KEPT = '青鵐野';
const TRACES = Object.values(ERASED).flatMap(tracesOf);

const FILE = [
  '社員番号,姓,名,姓カナ,部署,職種,入社日,退職日,退職理由,退職理由詳細,メールアドレス,電話番号,住所',
  `K2,${ERASED.person2},${ERASED.given},${ERASED.kana},${ERASED.department},${ERASED.job},2015/04/01,2024/03/31,${ERASED.reason},${ERASED.detail},${ERASED.mail2},0${ERASED.phone},${ERASED.address}`,
  `K9,${KEPT},守,アオジノ,総務部,総務,2015/04/01,2024/03/31,転職,転職先あり,aoji@example.jp,,`,
].join('\r\n');

describe('somebody who was erased', () => {
  let place: TemporaryHome;
  let server: TestServer;
  let to: Api;

  beforeAll(async () => {
    place = temporaryHome();
    server = await startServer({ home: place.home });
    to = api(server);
  });
  afterAll(async () => {
    await server?.stop();
    await place?.remove();
  });

  it('is in the files before, and in none of them after: tables, log, statistics, uploads, exports', async () => {
    const { purposeId } = await furnish(to);
    const person = {
      employeeNumber: ERASED.number,
      name: { family: ERASED.family, given: ERASED.given },
      kana: { family: ERASED.kana },
      formerNames: [ERASED.former],
      email: ERASED.mail,
      phone: `0${ERASED.phone}`,
      postalAddress: ERASED.address,
      lineId: ERASED.line,
      birthDate: ERASED.born,
      employment: {
        department: ERASED.department,
        job: ERASED.job,
        joinedOn: '2015-04-01',
        leftOn: '2024-03-31',
      },
    };
    const told = JSON.stringify(person) + FILE;
    expect(Object.values(OF_FIELD).filter((word) => !told.includes(ERASED[word]))).toEqual([]);
    const { alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body;
    const corrected = { kana: { family: ERASED.kana, given: 'カナ' }, reason: ERASED.correction };
    accepted(await to.patch(`/v1/alumni/${alumnusId}`, corrected, { ifMatch: 0 }));
    const consent = { channels: ['email'], language: 'ja', ...IN_PERSON };
    accepted(await to.post(`/v1/alumni/${alumnusId}/consents/${purposeId}/grants`, consent));
    await importFile(to, Buffer.from(FILE));
    await caughtUp(to);
    const rows = await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' });
    const second = rows.find(({ name }) => name.family === ERASED.person2)!.alumnusId;
    // A rebuild leaves a copy of every row on the disk, and counts its tables.
    accepted(await to.post('/v1/projections/alumni-roster/rebuild'));
    await caughtUp(to);
    // Rows reach the files of the tables when PostgreSQL writes them out, which may be minutes later.
    const admin = new Client(databaseOf(place.home, 'enishi_admin'));
    await admin.connect();
    await admin.query('CHECKPOINT');
    await admin.end();

    const before = wordsIn(place.home, [ERASED.family, ERASED.mail, ERASED.person2, KEPT]);
    expect([...before.keys()].some((name) => name.includes('pg_wal'))).toBe(true);
    expect([...before.keys()].some((name) => /base.\d+/.test(name))).toBe(true);
    for (const word of [ERASED.family, ERASED.mail, ERASED.person2, KEPT]) {
      expect([...before.values()].flat()).toContain(`${word} (UTF-8)`);
    }

    for (const one of [alumnusId, second]) {
      const order = { alumnusIds: [one], reason: '本人の申し出' };
      const { erasureId } = accepted(await to.post<{ erasureId: string }>('/v1/erasures', order)).body;
      accepted(await to.post(`/v1/erasures/${erasureId}/approval`));
      while ((await to.get(`/v1/erasures/${erasureId}`)).body['standing'] !== 'executed') await sleep(50);
    }
    accepted(await to.post('/v1/vault/rotation'));
    const rotation = async () => (await to.get<{ rotation: { state: string } }>('/v1/vault')).body.rotation;
    while ((await rotation()).state === 'running') await sleep(100);
    expect((await rotation()).state).toBe('done');

    expect([...wordsIn(place.home, Object.values(ERASED))]).toEqual([]);
    expect(wordsIn(place.home, [KEPT]).size).toBeGreaterThan(0);
    expect(found(server.log(), TRACES)).toEqual([]);

    // Not by a start anew, nor by the file of before.
    await server.stop();
    server = await startServer({ home: place.home });
    to = api(server);
    const { counts } = await importFile(to, Buffer.from(FILE));
    expect(counts).toMatchObject({ registered: 0 });
    await caughtUp(to);
    const after = await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' });
    expect(after.flatMap(({ name }) => name?.family ?? [])).toEqual([KEPT]);
    await server.stop();
    expect([...wordsIn(place.home, Object.values(ERASED))]).toEqual([]);
  });
});
