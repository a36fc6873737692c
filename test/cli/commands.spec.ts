import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, enishi, FakeServer, hangUp, json, problem } from './server';

const alumnusId = '3f2a9c1e-0000-4000-8000-00000000000a';
const otherId = '3f2a9c1e-1111-4000-8000-00000000000c';
const purposeId = '7d1c0000-0000-4000-8000-00000000000b';
const importId = '9c1e3f2a-0000-4000-8000-00000000000d';
const eventId = '5e9d0000-0000-4000-8000-00000000000e';

let server: FakeServer;
let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  server = await FakeServer.start();
  home = mkdtempSync(join(tmpdir(), 'enishi-cli-'));
  env = { ENISHI_HOME: home };
  writeFileSync(join(home, 'token'), JSON.stringify({ url: server.url, token: 'enishi_secret' }));
  chmodSync(join(home, 'token'), 0o600);
  const purpose = {
    purposeId,
    code: 'rehire',
    title: { ja: '再雇用', en: 'Rehire' },
    state: 'in-force',
    versions: [],
  };
  server.on('GET /v1/purposes', json({ purposes: [purpose] }));
});

afterEach(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

function row(id: string, family: string, more: object = {}): object {
  const name = { family, given: '花子' };
  return {
    alumnusId: id,
    name,
    kana: { family: 'エンノ' },
    answer: 'yes',
    because: [eventId],
    reasons: [],
    ...more,
  };
}

function roster(...rows: object[]): void {
  const page = { at: 'x', total: { count: rows.length, estimated: false }, rows };
  server.on('POST /v1/roster/search', json(page));
  server.on(
    'GET /v1/roster/funnel',
    json({ imported: 9, reachable: 8, approachable: 7, consented: 2, contactable: 2 }),
  );
}

const question = ['--purpose', 'rehire', '--channel', 'email'];

describe('roster', () => {
  it('aligns wide names, tells ids apart, and explains its length', async () => {
    roster(row(alumnusId, '縁野'), row(otherId, 'Li'));
    const { code, out, err } = await enishi(['roster', ...question], env);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'ID          Name       Reading  Department  Left on  Why',
      '3f2a9c1e-0  縁野 花子  エンノ                        5e9d0000',
      '3f2a9c1e-1  Li 花子    エンノ                        5e9d0000',
    ]);
    expect(err).toContain('2 people');
    expect(err).toContain('9 imported → 8 reachable → 2 consented → 2 may be contacted');
  });

  it('gives one JSON line for each row, and every page with --all', async () => {
    const page = (id: string, cursor?: string) =>
      json({ at: 'x', total: null, rows: [row(id, '縁野')], cursor });
    server.on('POST /v1/roster/search', page(alumnusId, 'c1'), page(otherId));
    const { out } = await enishi(['roster', ...question, '--all', '--json', '--excluded'], env);
    const ids = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { alumnusId: string }).alumnusId);
    expect(ids).toEqual([alumnusId, otherId]);
    const bodies = server.of('POST', '/v1/roster/search').map(({ body }) => JSON.parse(body) as object);
    expect(bodies).toMatchObject([{ mode: 'excluded', limit: 500 }, { cursor: 'c1' }]);
  });

  it('reads a search text from standard input, and puts it into no URL', async () => {
    roster();
    await enishi(['roster', ...question, '--text', '-', '--service-years-min', '3'], env, '縁\n');
    const [search] = server.of('POST', '/v1/roster/search');
    expect(JSON.parse(search?.body ?? '')).toMatchObject({ text: '縁', serviceMonthsMin: 36 });
    expect(server.seen.every(({ query }) => !query.toString().includes('%E7%B8%81'))).toBe(true);
  });

  it('remembers the ids it printed, so that the beginning of one names a person', async () => {
    roster(row(alumnusId, '縁野'), row(otherId, 'Li'));
    await enishi(['roster', ...question], env);
    server.on(`GET /v1/alumni/${otherId}`, json({ alumnusId: otherId, revision: 2 }));
    expect((await enishi(['alumnus', 'show', '3f2a9c1e-1'], env)).out).toContain(otherId);
    const both = await enishi(['alumnus', 'show', '3f2a9c1e'], env);
    expect(both.code).toBe(2);
    expect(both.err).toContain('More than one id');
    expect((await enishi(['alumnus', 'show', 'ffffffff'], env)).code).toBe(4);
    expect(readFileSync(join(home, 'cli-position'), 'utf8')).not.toContain('縁野');
  });
});

describe('consent', () => {
  const path = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
  const how = ['--method', 'document', '--capture', 'paper', '--identity', 'document-seen'];

  it('grants with a sealed artefact, evidence from standard input, and a legal representative', async () => {
    const scan = join(home, 'scan.pdf');
    writeFileSync(scan, 'scan');
    server.on(`POST /v1/alumni/${alumnusId}/artefacts`, hangUp(), json({ artefactId: eventId }, 201));
    server.on(`POST ${path}/grants`, done('9'));
    const argv = ['consent', 'grant', alumnusId, '--purpose', 'rehire', '--channel', 'email,phone', ...how];
    const more = [
      '--artefact',
      scan,
      '--evidence',
      '-',
      '--representative-name',
      'R',
      '--representative-relation',
      'parent',
    ];
    const { code } = await enishi([...argv, ...more, '--effective', '2026-10-31'], env, 'signed\n');
    expect(code).toBe(0);
    const uploads = server.of('POST', `/v1/alumni/${alumnusId}/artefacts`);
    expect(uploads.map(({ body }) => body)).toEqual(['scan', 'scan']);
    expect(uploads[0]?.headers['content-type']).toBe('application/octet-stream');
    expect(JSON.parse(server.of('POST', `${path}/grants`)[0]?.body ?? '')).toEqual({
      channels: ['email', 'phone'],
      captureChannel: 'paper',
      method: 'document',
      identityCheck: 'document-seen',
      party: 'legal-representative',
      representative: { name: 'R', relation: 'parent' },
      language: 'ja',
      evidence: 'signed',
      artefactId: eventId,
      effectiveAt: '2026-10-31',
    });
  });

  it('withdraws with the scan and the representative who spoke', async () => {
    server.on(`POST /v1/alumni/${alumnusId}/artefacts`, json({ artefactId: eventId, artefactHash: 'h' }));
    server.on(`POST ${path}/withdrawals`, done('9'));
    const argv = ['consent', 'withdraw', alumnusId, '--purpose', 'rehire', ...how, '--artefact', '-'];
    const spokeFor = [
      '--representative-name',
      'R',
      '--representative-relation',
      'parent',
      '--language',
      'en',
    ];
    expect((await enishi([...argv, ...spokeFor], env, 'scan')).code).toBe(0);
    expect(JSON.parse(server.of('POST', `${path}/withdrawals`)[0]?.body ?? '')).toMatchObject({
      party: 'legal-representative',
      representative: { name: 'R', relation: 'parent' },
      artefactId: eventId,
      language: 'en',
    });
  });

  it('withdraws every channel where none is named', async () => {
    server.on(`POST ${path}/withdrawals`, done('9'));
    expect((await enishi(['consent', 'withdraw', alumnusId, '--purpose', 'rehire', ...how], env)).code).toBe(
      0,
    );
    const { channels } = JSON.parse(server.of('POST', `${path}/withdrawals`)[0]?.body ?? '') as {
      channels: string[];
    };
    expect(channels).toEqual(['email', 'phone', 'sms', 'post', 'line', 'sns']);
  });
});

it('a correction keeps the part of a name that is not named, and says which revision it corrects', async () => {
  const path = `/v1/alumni/${alumnusId}`;
  server.on(
    `GET ${path}`,
    json({ alumnusId, name: { family: '縁野', given: '花子' }, kana: null, revision: 4 }),
  );
  server.on(`PATCH ${path}`, done('9'));
  const argv = ['alumnus', 'correct', alumnusId, '--given', '華子', '--remove', 'phone'];
  expect((await enishi(argv, env)).code).toBe(0);
  const [patch] = server.of('PATCH', path);
  expect(patch?.headers['if-match']).toBe('"4"');
  expect(JSON.parse(patch?.body ?? '')).toEqual({ name: { family: '縁野', given: '華子' }, phone: null });
});

it('a value is not removed and stated at once', async () => {
  const argv = ['alumnus', 'correct', alumnusId, '--remove', 'email', '--email', 'z@example.jp'];
  const { code, err } = await enishi(argv, env);
  expect(code).toBe(2);
  expect(err).toContain('email is removed and given a value at once.');
  expect(err).not.toContain('z@example.jp');
  expect(server.seen).toEqual([]);
});

it('the reason of a correction may come from standard input', async () => {
  const path = `/v1/alumni/${alumnusId}`;
  server.on(`GET ${path}`, json({ alumnusId, revision: 4 })).on(`PATCH ${path}`, done('9'));
  const argv = ['alumnus', 'correct', alumnusId, '--remove', 'phone', '--reason', '-'];
  expect((await enishi(argv, env, 'asked by letter\n')).code).toBe(0);
  expect(JSON.parse(server.of('PATCH', path)[0]?.body ?? '')).toEqual({
    phone: null,
    reason: 'asked by letter',
  });
});

it('a history names its fields in words and shortens hashes', async () => {
  const fields = { changed: ['phone'], noticeHash: 'ab'.repeat(32), expiresAt: '2029-11-21T13:21:51.271Z' };
  const event = { eventId, type: 'AlumnusCorrected', position: '5', fields };
  server.on(`GET /v1/alumni/${alumnusId}/history`, json({ events: [event] }));
  const { out } = await enishi(['history', alumnusId], env);
  expect(out).toContain('corrected: phone');
  expect(out).toContain('notice SHA-256: abababababab…');
  expect(out).toContain('expires: 2029-11-21 22:21:51.271 JST');
  expect((await enishi(['--lang', 'ja', 'history', alumnusId], env)).out).toContain('訂正した項目: phone');
  expect((await enishi(['history', alumnusId, '--json'], env)).out).toContain('ab'.repeat(32));
});

describe('consent evidence', () => {
  const shown = { eventId, type: 'ConsentGranted', values: { evidence: '書面' }, erased: [], withheld: [] };
  const artefactId = '48fabddb-0000-4000-8000-00000000000f';
  const path = `/v1/alumni/${alumnusId}`;
  const argv = ['consent', 'evidence', alumnusId, '--event', eventId, '--reason', '-'];
  beforeEach(() => {
    server
      .on(`POST ${path}/events/${eventId}/reveal`, json(shown))
      .on(`GET ${path}/history`, json({ events: [{ eventId, type: 'x', fields: { artefactId } }] }))
      .on(`GET ${path}/artefacts/${artefactId}`, (response) => response.end('scan'));
  });

  it('shows what is sealed, for a reason that stands in no address', async () => {
    const { code, out } = await enishi(argv, env, '監査');
    expect(code).toBe(0);
    expect(out).toContain('書面');
    expect(JSON.parse(server.of('POST', `${path}/events/${eventId}/reveal`)[0]?.body ?? '')).toEqual({
      reason: '監査',
    });
  });

  it('writes the file kept with it, for its owner only', async () => {
    const file = join(home, 'scan.bin');
    expect((await enishi([...argv, '--artefact', file], env, '監査')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('scan');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [seen] = server.of('GET', `${path}/artefacts/${artefactId}`);
    expect(seen?.headers['enishi-reason']).toBe(encodeURIComponent('監査'));
  });

  it('says where no file is kept', async () => {
    server.on(`GET ${path}/history`, json({ events: [{ eventId, type: 'x', fields: {} }] }));
    expect((await enishi([...argv, '--artefact', join(home, 'no')], env, 'x')).code).toBe(4);
  });
});

it.each([
  [0, 0, undefined, '0 people\n'],
  [1, 1, undefined, '1 person\n'],
  [1, 394, 'next', '1 of 394 people (more: --all)\n'],
  [1, undefined, 'next', 'at least 1 person (more: --all)\n'],
])('a list says how many of how many: %s of %s', async (shown, total, cursor, text) => {
  const rows = Array.from({ length: shown }, () => row(alumnusId, '縁野'));
  const counted = total === undefined ? null : { count: total, estimated: false };
  server.on('POST /v1/roster/search', json({ at: 'x', total: counted, rows, cursor }));
  const argv = ['roster', '--purpose', 'rehire', '--channel', 'email', '--excluded'];
  expect((await enishi(argv, env)).err).toBe(text);
});

it('a field that is wrong is told in the language of the terminal', async () => {
  const messages = { ja: '電話番号の形にしてください。', en: 'Write a telephone number.' };
  const errors = [{ path: 'phone', code: 'phone-invalid', message: messages.en, messages }];
  server
    .on(`GET /v1/alumni/${alumnusId}`, json({ alumnusId, revision: 4 }))
    .on(`PATCH /v1/alumni/${alumnusId}`, problem(400, 'not-valid', { errors }));
  const { err } = await enishi(['--lang', 'ja', 'alumnus', 'correct', alumnusId, '--phone', '1'], env);
  expect(err).toContain('phone: 電話番号の形にしてください。');
});

describe('import leavers', () => {
  const path = `/v1/imports/${importId}`;
  const counts = { rows: 3, leavers: 2, registered: 2, refused: 1, warnings: 0, bytesRead: 5 };
  const state = (name: string, more: object = {}): object => ({
    importId,
    state: name,
    recognition: { encoding: 'cp932', separator: ',', layout: 'plain', headers: ['姓', '備考'] },
    columns: [
      { header: '姓', field: 'familyName', reason: 'name-known' },
      { header: '備考', field: 'ignore', reason: 'free-text' },
    ],
    mappingProblems: [],
    options: { freeText: false, dateOrder: 'ymd', source: 'hr' },
    counts,
    bytes: 5,
    ...more,
  });
  const refused = { number: 1, line: 3, column: '退職日', severity: 'error', code: 'date-impossible' };
  let file: string;

  beforeEach(() => {
    file = join(home, 'leavers.csv');
    writeFileSync(file, 'a,b\n1');
    const messages = { ja: '暦にない日付です。', en: 'There is no such day.' };
    server
      .on('POST /v1/imports', json(state('staged'), 201))
      .on(`PUT ${path}/mapping`, json(state('staged')))
      .on(`POST ${path}/run`, json(state('running'), 202))
      .on(`POST ${path}/dry-run`, json(state('checking'), 202))
      .on(`DELETE ${path}`, json(state('cancelled')))
      .on(`GET ${path}`, json(state('running')), json(state('done')))
      .on(`GET ${path}/problems`, json({ problems: [{ ...refused, messages }] }))
      .on('GET /v1/ledger', json({ ledgerId: 'x', mode: 'development', head: '77' }));
  });

  it('shows how the file is read, runs to the end, and prints problems by line, column and reason', async () => {
    const { code, out, err } = await enishi(['import', 'leavers', file], env);
    expect(code).toBe(0);
    expect(server.of('POST', '/v1/imports')[0]?.body).toBe('a,b\n1');
    expect(err).toContain('cp932, comma, plain, 2 columns');
    expect(err).toContain('姓      familyName\n備考    ignored: free remarks');
    expect(err).toContain('✗ line 3, 退職日: There is no such day.');
    expect(out).toMatch(/Registered +2\nRefused +1\n/);
    expect(readFileSync(join(home, 'cli-position'), 'utf8')).toContain('"77"');
  });

  it('ends with 6 under --strict when rows were refused', async () => {
    expect((await enishi(['import', 'leavers', '-', '--strict'], env, 'x')).code).toBe(6);
  });

  it('goes on where the answer to the start was lost', async () => {
    server.on(`POST ${path}/run`, hangUp(), problem(409, 'import-busy'));
    expect((await enishi(['import', 'leavers', file], env)).code).toBe(0);
  });

  it('maps columns, and drops the file where the mapping is wrong', async () => {
    await enishi(
      ['import', 'leavers', file, '--map', '姓=fullName', '備考=ignore', '--save-map', 'm', '--free-text'],
      env,
    );
    expect(JSON.parse(server.of('PUT', `${path}/mapping`)[0]?.body ?? '')).toEqual({
      columns: { 姓: 'fullName', 備考: 'ignore' },
      saveAs: 'm',
      freeText: true,
    });
    const errors = [{ path: 'x', code: 'field-unknown', message: 'field-unknown' }];
    server.on(`PUT ${path}/mapping`, problem(422, 'mapping-not-valid', { errors }));
    const { code, err } = await enishi(['import', 'leavers', file, '--map', 'x=y'], env);
    expect(code).toBe(2);
    expect(err).toContain('x: There is no such field.');
    expect(server.of('DELETE', path)).toHaveLength(1);
  });

  it('leaves no file behind where the mapping lacks something, or the server will not start', async () => {
    const mappingProblems = [{ code: 'field-missing', field: 'leftOn' }];
    server.on('POST /v1/imports', json(state('staged', { mappingProblems }), 201));
    const { code, err } = await enishi(['import', 'leavers', file], env);
    expect(code).toBe(2);
    expect(err).toContain('the mapping is incomplete');
    expect(server.of('POST', `${path}/run`)).toHaveLength(0);
    expect(server.of('DELETE', path)).toHaveLength(1);
    server.on('POST /v1/imports', json(state('staged'), 201));
    server.on(`POST ${path}/run`, problem(422, 'mapping-not-complete'));
    expect((await enishi(['import', 'leavers', file], env)).code).toBe(2);
    expect(server.of('DELETE', path)).toHaveLength(2);
  });

  it('a dry run drops its file; with --keep it is imported as it was read', async () => {
    server.on(`GET ${path}`, json(state('checked')));
    expect((await enishi(['import', 'leavers', file, '--dry-run'], env)).code).toBe(0);
    expect(server.of('DELETE', path)).toHaveLength(1);
    const { err } = await enishi(['import', 'leavers', file, '--dry-run', '--keep'], env);
    expect(err).toContain(`The upload is kept: enishi import run ${importId}`);
    expect(server.of('DELETE', path)).toHaveLength(1);
    server.on(`GET ${path}`, json(state('checked')), json(state('done')));
    const { code, out } = await enishi(['import', 'run', importId], env);
    expect(code).toBe(0);
    expect(out).toMatch(/Registered +2\n/);
    expect(server.of('POST', `${path}/run`)).toHaveLength(1);
  });

  it('Ctrl-C says that the import goes on, and how to find it', async () => {
    server.on(`GET ${path}`, json(state('running')), json(state('running')), json(state('done')));
    server.on(`POST ${path}/run`, (response) => {
      json(state('running'), 202)(response, server.seen[0]!);
      setTimeout(() => process.emit('SIGINT'), 50);
    });
    const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    try {
      const { err } = await enishi(['import', 'leavers', file], env);
      expect(exit).toHaveBeenCalledWith(130);
      expect(err).toContain(`The import goes on in the server: enishi import show ${importId}`);
    } finally {
      exit.mockRestore();
    }
  });

  it('asks for a sheet of a workbook, and says what there is to know about it', async () => {
    const notes = [
      { code: 'days-from-serials', column: '退職日', messages: { ja: '通し番号', en: 'Serial days.' } },
    ];
    const recognition = { format: 'xlsx', sheet: { number: 2, name: '2025年度' }, headerLine: 4, notes };
    const staged = { ...recognition, layout: 'smarthr', headers: ['姓', '備考'] };
    server.on('POST /v1/imports', json(state('staged', { recognition: staged }), 201));
    const { code, err } = await enishi(['import', 'leavers', file, '--sheet', '2025年度'], env);
    expect(code).toBe(0);
    expect(server.of('POST', '/v1/imports')[0]?.headers['enishi-sheet']).toBe(encodeURIComponent('2025年度'));
    expect(err).toContain('xlsx, sheet 2 “2025年度”, header in row 4, smarthr, 2 columns');
    expect(err).toContain('! 退職日: Serial days.');
  });

  it('lists the sheets where one must be chosen', async () => {
    const sheets = [
      { number: 1, name: '2024年度' },
      { number: 3, name: '2025年度' },
    ];
    const messages = { ja: '決められません。', en: 'It is not clear which sheet to import.' };
    server.on('POST /v1/imports', problem(422, 'sheet-not-chosen', { sheets, messages }));
    const { code, err } = await enishi(['import', 'leavers', file], env);
    expect(code).toBe(2);
    expect(err).toContain('not clear which sheet');
    expect(err).toContain('1: 2024年度\n  3: 2025年度');
    expect(err).toContain('--sheet');
  });

  it('--show-map imports nothing and leaves no file behind', async () => {
    const { code, err } = await enishi(['import', 'leavers', file, '--show-map'], env);
    expect(code).toBe(0);
    expect(err).toContain('familyName');
    expect(server.of('POST', `${path}/run`)).toHaveLength(0);
    expect(server.of('DELETE', path)).toHaveLength(1);
  });

  it('a file that failed half-way ends with 2, an interrupted import with 1', async () => {
    server.on(`GET ${path}`, json(state('failed', { failure: { code: 'header-changed' } })));
    expect((await enishi(['import', 'leavers', file], env)).code).toBe(2);
    server.on(`GET ${path}`, json(state('interrupted')));
    const { code, err } = await enishi(['import', 'leavers', file], env);
    expect(code).toBe(1);
    expect(err).toContain('nothing enters twice');
  });
});

describe('import undo', () => {
  const path = `/v1/imports/${importId}/undo`;
  const counts = { people: 3, hidden: 1, reverted: 1, left: 1 };
  const state = (name: string): object => ({ importId, state: name, counts });

  beforeEach(() => {
    const messages = { ja: '残しました。', en: 'Kept: somebody has changed it since.' };
    const left = [{ number: 1, alumnusId, code: 'changed-since', field: 'email', messages }];
    server
      .on(`GET /v1/imports/${importId}`, json({ importId }))
      .on(`POST ${path}`, json(state('running'), 202))
      .on(`GET ${path}`, json(state('running')), json(state('done')))
      .on(`GET ${path}/left`, json({ left }))
      .on('GET /v1/ledger', json({ head: '7' }));
  });

  it('waits to its end, and says what stays and why', async () => {
    const { code, out, err } = await enishi(['import', 'undo', importId, '--reason', '誤り'], env);
    expect(code).toBe(0);
    expect(JSON.parse(server.of('POST', path)[0]!.body)).toEqual({ reason: '誤り' });
    expect(out).toContain('Hidden, marked for erasure  1');
    expect(err).toContain('3f2a9c1e email: Kept: somebody has changed it since.');
  });

  it('needs a reason, and ends with 1 where it was interrupted', async () => {
    expect((await enishi(['import', 'undo', importId], env)).code).toBe(2);
    server.on(`GET ${path}`, json(state('interrupted')));
    const { code, err } = await enishi(['import', 'undo', importId, '--reason', 'x'], env);
    expect(code).toBe(1);
    expect(err).toContain('goes on where it was');
  });
});

describe('consents export', () => {
  const argv = ['consents', 'export', '--format', 'csv', '--encoding', 'cp932', '--out'];

  it('writes the file whole, for its owner only, and never over another', async () => {
    server.on('GET /v1/consent-history/export', (response) => response.end('a,b\r\n'));
    const file = join(home, 'out.csv');
    expect((await enishi([...argv, file], env)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('a,b\r\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(server.seen[0]?.query.get('encoding')).toBe('cp932');
    expect((await enishi([...argv, file], env)).code).toBe(2);
  });

  it('leaves nothing where the line breaks half-way', async () => {
    server.on('GET /v1/consent-history/export', (response) => {
      response.write('half', () => response.destroy());
    });
    const file = join(home, 'out.csv');
    const { code, err } = await enishi([...argv, file], env);
    expect(code).toBe(1);
    expect(err).toContain('cannot be reached');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(home).some((name) => name.endsWith('.part'))).toBe(false);
  });
});

it('the invented company is set in development only', async () => {
  server.on('GET /v1/ledger', json({ ledgerId: 'x', mode: 'production', head: '1' }));
  const { code } = await enishi(['company', 'set', '--template', 'demo'], env);
  expect(code).toBe(2);
  expect(server.seen.some(({ method }) => method === 'PUT')).toBe(false);
});

it('a new token is printed once and alone, so that it can be piped', async () => {
  server.on('POST /v1/tokens', json({ id: eventId, token: 'enishi_new' }, 201));
  const { out, err } = await enishi(['tokens', 'create', '--account', otherId], env);
  expect(out).toBe('enishi_new\n');
  expect(err).toContain('not shown again');
});
