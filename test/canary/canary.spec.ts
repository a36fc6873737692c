import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Answer, type Api } from '../support/api';
import { freePort, startServer, type TestServer } from '../support/server';
import { startOtlpReceiver, type OtlpReceiver } from '../operations/otlp-receiver';
import { BODIES } from '../e2e/support/bodies';
import { filled, routesOf } from '../e2e/support/document';
import { accepted, caughtUp, furnish, IN_PERSON, importFile, roster } from '../e2e/support/steps';
import { filesOf, tablesOf } from './places';
import { found, tracesOf } from './traces';

jest.setTimeout(120_000);

/** Invented, and nowhere else: each word is looked for in every place and every form. */
const WORDS = {
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
  correction: '雲雀の訂正',
  evidence: '山翡翠の証跡',
  representative: '小啄木鳥守',
  voided: '赤啄木鳥の誤記',
  scan: 'FUKUROU-SCAN-1',
  officer: '鷦鷯花子',
  person2: '仏法僧太郎',
  mail2: 'buppousou@canary.example',
} as const;
const ALL = Object.values(WORDS).flatMap(tracesOf);

const FILE = [
  '社員番号,姓,名,姓カナ,部署,職種,入社日,退職日,退職理由,メールアドレス,電話番号,住所',
  `K2,${WORDS.person2},${WORDS.given},${WORDS.kana},${WORDS.department},${WORDS.job},2015/04/01,2024/03/31,${WORDS.reason},${WORDS.mail2},0${WORDS.phone},${WORDS.address}`,
  `K3,${WORDS.family},${WORDS.given},${WORDS.kana},${WORDS.department},${WORDS.job},2015/04/01,${WORDS.voided},${WORDS.reason},${WORDS.evidence},${WORDS.person2},${WORDS.address}`,
].join('\r\n');
const WITHOUT_HEADER = FILE.split('\r\n').slice(1).join('\r\n');

describe('a canary through every route', () => {
  let server: TestServer;
  let collector: OtlpReceiver;
  let operators: number;
  let to: Api;
  let alumnusId: string;
  let purposeId: string;
  /** What the server has answered: problems, and what stands beside bodies. */
  const problems: string[] = [];
  const cursors: string[] = [];
  const headers: string[] = [];

  const noted = <Body>(answer: Answer<Body>): Answer<Body> => {
    if (answer.status >= 400) problems.push(answer.text);
    headers.push(JSON.stringify([...answer.headers]));
    return answer;
  };
  const consents = (what: string) => `/v1/alumni/${alumnusId}/consents/${purposeId}/${what}`;

  beforeAll(async () => {
    collector = await startOtlpReceiver();
    operators = await freePort();
    const env = {
      ENISHI_LOG: 'debug',
      ENISHI_METRICS_PORT: String(operators),
      ENISHI_OTLP_ENDPOINT: collector.url,
    };
    server = await startServer({ env });
    to = api(server);
    ({ purposeId } = await furnish(to));
    await live();
    await err();
    await caughtUp(to);
  });
  afterAll(async () => {
    await server?.stop();
    await collector?.close();
  });

  /** Everything that is done with a person, with the words where they belong. */
  async function live(): Promise<void> {
    accepted(
      await to.put('/v1/company/responsible-officer', {
        name: { family: WORDS.officer },
        title: WORDS.job,
        workContact: WORDS.mail,
      }),
    );
    const employment = {
      department: WORDS.department,
      job: WORDS.job,
      joinedOn: '2015-04-01',
      leftOn: '2024-03-31',
    };
    const person = {
      employeeNumber: WORDS.number,
      name: { family: WORDS.family, given: WORDS.given },
      kana: { family: WORDS.kana },
      formerNames: [WORDS.former],
      email: WORDS.mail,
      phone: `0${WORDS.phone}`,
      postalAddress: WORDS.address,
      lineId: WORDS.line,
      employment,
    };
    const registered = noted(
      await to.post<{ alumnusId: string }>('/v1/alumni', person, { key: WORDS.number }),
    );
    ({ alumnusId } = accepted(registered).body);
    const corrected = { kana: { family: WORDS.kana, given: 'カナ' }, reason: WORDS.correction };
    accepted(noted(await to.patch(`/v1/alumni/${alumnusId}`, corrected, { ifMatch: 0 })));
    const scan = await to.post<{ artefactId: string }>(
      `/v1/alumni/${alumnusId}/artefacts`,
      Buffer.from(WORDS.scan),
    );
    const grant = {
      channels: ['email'],
      language: 'ja',
      ...IN_PERSON,
      party: 'legal-representative',
      evidence: WORDS.evidence,
      representative: { name: WORDS.representative, relation: WORDS.representative },
      artefactId: accepted(scan).body.artefactId,
    };
    const granted = noted(
      await to.post<{ eventIds: string[] }>(consents('grants'), grant, { key: WORDS.mail }),
    );
    const eventId = accepted(granted).body.eventIds[0];
    accepted(noted(await to.post(consents('invalidations'), { eventId, reason: WORDS.voided })));
    accepted(
      noted(await to.post(consents('refusals'), { ...grant, party: 'person', representative: undefined })),
    );
    await importFile(to, Buffer.from(FILE));
    // A second file waits in staging.
    accepted(noted(await to.post('/v1/imports', Buffer.from(`${FILE}\r\n`))));
    noted(await to.post('/v1/imports', Buffer.from(WITHOUT_HEADER)));
    await caughtUp(to);
    const question = { purposeId, channel: 'email', mode: 'excluded', limit: 1 };
    const page = noted(
      await to.post<{ cursor?: string }>('/v1/roster/search', { ...question, text: WORDS.kana }),
    );
    cursors.push(accepted(page).body.cursor ?? '');
    cursors.push((await roster(to, question)).cursor ?? '');
    for (const path of [
      `/v1/alumni/${alumnusId}/history?limit=1`,
      `/v1/alumni/${alumnusId}/why?purposeId=${purposeId}&channel=email`,
      '/v1/audit-trail?limit=2',
      '/v1/consent-history?limit=1',
    ]) {
      cursors.push(accepted(noted(await to.get<{ cursor?: string }>(path))).body.cursor ?? '');
    }
    const reveal = { fields: ['email', 'phone', 'postalAddress', 'leavingReason'], reason: '確認のため' };
    accepted(noted(await to.post(`/v1/alumni/${alumnusId}/reveal`, reveal)));
    // What shows the answer, read again: in these answers, and nowhere else.
    const shown = await to.post(`/v1/alumni/${alumnusId}/events/${eventId!}/reveal`, { reason: '確認' });
    expect(accepted(noted(shown)).text).toContain(WORDS.evidence);
    const file = `/v1/alumni/${alumnusId}/artefacts/${scan.body.artefactId}`;
    const kept = await to.get(file, { headers: { 'enishi-reason': encodeURIComponent('確認') } });
    expect(accepted(noted(kept)).text).toBe(WORDS.scan);
  }

  /** Every route, wrongly: the words as ids, members, values, query, keys and bodies that cannot be read. */
  async function err(): Promise<void> {
    const word = WORDS.family;
    const known: Record<string, string> = { alumnusId, purposeId, version: '1' };
    for (const route of await routesOf(to)) {
      const path = filled(route, (name) => known[name] ?? '11111111-1111-4111-8111-111111111111');
      const body = route.takes === 'json' ? BODIES[route.id] : undefined;
      const wrong = body && Object.fromEntries(Object.keys(body).map((key) => [key, [word]]));
      const write = (value: unknown, more = {}) =>
        to.send(route.method, path, value, { headers: { 'if-match': '"9"', ...more } });
      if (route.method !== 'GET' && route.id !== 'Operations.rotate' && route.id !== 'Auth.logout') {
        noted(await write(wrong));
        noted(await write({ ...wrong, [word]: word }));
        noted(await write(`{"${word}": "${WORDS.mail}`));
        noted(await write(word, { 'content-type': 'text/plain' }));
        noted(await write(wrong, { 'idempotency-key': Buffer.from(word).toString('latin1') }));
      }
      noted(
        await to.send(
          route.method,
          filled(route, () => encodeURIComponent(WORDS.mail)),
        ),
      );
      if (route.method === 'GET')
        noted(await to.get(`${path}?${encodeURIComponent(word)}=1&cursor=${encodeURIComponent(word)}`));
    }
    noted(await to.get(`/v1/${encodeURIComponent(word)}`));
    // What the database itself would complain of, with the value in its message.
    noted(
      await to.post('/v1/roster/search', {
        purposeId,
        channel: 'email',
        mode: 'excluded',
        text: `${word}\u0000`,
      }),
    );
  }

  it('finds a word in every form, so that not finding it means something', () => {
    for (const word of Object.values(WORDS)) {
      const [own] = [tracesOf(word)];
      expect(found(`x ${word} y`, own)).not.toEqual([]);
      for (const before of ['', 'a', 'ab', 'abc']) {
        expect(found(Buffer.from(`${before}${word}z`).toString('base64url'), own)).not.toEqual([]);
      }
      expect(found(JSON.stringify({ row: `\\x${Buffer.from(word).toString('hex')}` }), own)).not.toEqual([]);
      expect(found('something else', own)).toEqual([]);
    }
  });

  it('is in the roster’s view, among the facts of past rosters and in the answer, and in no other table', async () => {
    const answer = await to.post('/v1/roster/search', {
      purposeId,
      channel: 'email',
      mode: 'excluded',
      text: WORDS.family,
    });
    expect(found(answer.text, ALL)).toContain(`${WORDS.family} (UTF-8)`);
    const holding = [...(await tablesOf(server.home))].flatMap(([table, text]) => {
      const words = found(text, ALL);
      return words.length === 0 ? [] : [[table.replace(/^"?[^.]*\./, ''), words] as const];
    });
    // Opened values stand where they are shown from, and are rebuilt at the end of an erasure period.
    expect([...new Set(holding.map(([table]) => table))].sort()).toEqual([
      'consent',
      'officer',
      'person',
      'person_fact',
      'subject',
    ]);
    // The roster's order, by reading and name, is repeated there; nothing else is.
    const [, besideConsents] = holding.find(([table]) => table === 'consent')!;
    expect(besideConsents.map((word) => word.split(' ')[0])).toEqual([WORDS.family, WORDS.given, WORDS.kana]);
    const [, inPerson] = holding.find(([table]) => table === 'person')!;
    for (const word of [WORDS.family, WORDS.person2]) expect(inPerson).toContain(`${word} (UTF-8)`);
    for (const word of [WORDS.evidence, WORDS.reason, WORDS.correction, WORDS.scan]) {
      expect(inPerson.join()).not.toContain(word);
    }
    // A past roster shows no more of anybody than a roster does.
    const [, inFacts] = holding.find(([table]) => table === 'person_fact')!;
    for (const word of inFacts) expect(inPerson).toContain(word);
  });

  it('is in no file of the home: staging, artefacts, keys, PostgreSQL’s log', () => {
    const files = filesOf(server.home);
    const names = [...files.keys()].join('\n');
    expect(names).toMatch(/staging.*\.sealed/);
    expect(names).toMatch(/artefacts/);
    expect(names).toMatch(/postgres.log/);
    for (const [name, bytes] of files) expect([name, found(bytes, ALL)]).toEqual([name, []]);
  });

  it('is in no line that the server printed at level debug', () => {
    const log = server.log();
    expect(log).toContain('"msg":"request"');
    expect(log).toContain('/v1/alumni/:alumnusId/consents/:purposeId/grants');
    expect(log).not.toContain(alumnusId);
    expect(found(log, ALL)).toEqual([]);
  });

  it('is in no metric and in no span, nor is the id of anybody', async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${operators}/metrics`)).text();
    expect(metrics).toContain('route="/v1/alumni/:alumnusId/consents/:purposeId/grants"');
    while (!collector.spans().some(({ name }) => name.endsWith('/reveal'))) await sleep(100);
    const spans = collector.text();
    for (const told of [metrics, spans]) {
      expect(found(told, ALL)).toEqual([]);
      for (const id of [alumnusId, purposeId]) expect(told).not.toContain(id);
    }
  });

  it('is in no problem, header or cursor', () => {
    expect(problems.length).toBeGreaterThan(150);
    expect(found(problems.join('\n'), ALL)).toEqual([]);
    expect(found(headers.join('\n'), ALL)).toEqual([]);
    const given = cursors.filter((cursor) => cursor !== '');
    expect(given.length).toBeGreaterThanOrEqual(3);
    expect(found(given.join('\n'), ALL)).toEqual([]);
    for (const cursor of given) expect(found(Buffer.from(cursor, 'base64url'), ALL)).toEqual([]);
  });
});
