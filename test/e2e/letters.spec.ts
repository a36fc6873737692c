import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted, CONTACT_POINT, PARTY } from './support/steps';

jest.setTimeout(120_000);

interface Letter {
  readonly letterId: string;
  readonly standing: string;
  readonly documentNumber?: string;
  readonly version?: number;
  readonly text?: string;
  readonly textHash?: string;
  readonly ground?: string;
}
interface Template {
  readonly builtIn: boolean;
  readonly version: number;
  readonly content: { readonly ja: { readonly subject: string; readonly body: string }; readonly en: object };
}

describe('letters', () => {
  let server: TestServer;
  let to: Api;
  let run: ReturnType<typeof cliOf>;
  let alumnusId: string;
  const PATH = '/v1/letter-templates/correction-made';

  const written = async (values: object, means = 'post'): Promise<Letter> => {
    const body = { letter: 'correction-made', alumnusId, language: 'ja', means, values };
    const { letterId } = accepted(await to.post<{ letterId: string }>('/v1/letters', body)).body;
    for (;;) {
      const one = accepted(await to.get<Letter>(`/v1/letters/${letterId}`)).body;
      if (one.standing !== 'ordered' && (means === 'post' || one.standing !== 'issued')) return one;
      await sleep(25);
    }
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    run = cliOf(server);
    const person = {
      employeeNumber: 'L-1',
      name: { family: '髙﨑', given: '𠮷子' },
      email: 'takasaki@example.jp',
      postalAddress: '東京都千代田区架空町1-2-3\n架空荘 101',
      employment: { joinedOn: '2015-04-01', leftOn: '2024-03-31' },
    };
    ({ alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body);
  });
  afterAll(() => server?.stop());

  it('need somebody who sends them', async () => {
    const body = {
      letter: 'correction-made',
      alumnusId,
      language: 'ja',
      means: 'post',
      values: { changes: 'x' },
    };
    expect((await to.post('/v1/letters', body)).body).toMatchObject({ code: 'company-not-described' });
    accepted(await to.put('/v1/company', { party: PARTY }));
    accepted(await to.put('/v1/company/contact-point', { contactPoint: CONTACT_POINT }));
  });

  it('are written with number, name and exact text, whose hash can be checked, and read with an entry in the log', async () => {
    const one = await written({ changes: '住所: 旧住所から新住所へ訂正' });
    expect(one).toMatchObject({ standing: 'issued', version: 0 });
    expect(one.documentNumber).toMatch(/^縁-\d{4}-000001$/);
    expect(one.text).toContain('髙﨑 𠮷子 様');
    expect(one.text).toContain('住所: 旧住所から新住所へ訂正');
    expect(createHash('sha256').update(one.text!).digest('hex')).toBe(one.textHash);
    const admin = new Client(databaseOf(server.home, 'enishi_admin'));
    await admin.connect();
    const { rows } = await admin.query(
      `SELECT fields FROM access.reads WHERE view = 'letter' AND $1 = ANY(person_ids::text[]) ORDER BY at DESC LIMIT 1`,
      [alumnusId],
    );
    await admin.end();
    expect(rows).toEqual([{ fields: ['address', `letter:${one.letterId}`, 'text'] }]);
  });

  it('print as a PDF for the post', async () => {
    const { letterId } = await written({ changes: '電話番号' });
    const answer = await to.get(`/v1/letters/${letterId}/pdf`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const file = path.join(server.home, 'letter.pdf');
    const { code } = await run(['letter', 'pdf', letterId.slice(0, 8), '--out', file]);
    expect(code).toBe(0);
  });

  it('that were posted and came back say so', async () => {
    const { letterId } = await written({ changes: '氏名' });
    const name = letterId.slice(0, 8);
    expect((await run(['letter', 'returned', name])).err).toContain('The letter has not been sent yet.');
    expect((await run(['letter', 'posted', name])).code).toBe(0);
    expect((await run(['letter', 'returned', name])).code).toBe(0);
    expect((await to.get<Letter>(`/v1/letters/${letterId}`)).body).toMatchObject({
      standing: 'not-delivered',
      ground: 'returned',
    });
    const listed = await run(['letter', 'list', '--alumnus', alumnusId]);
    expect(listed.out).toContain('came back');
    expect(listed.out).not.toContain('髙﨑');
  });

  it('by mail go out by themselves, with their sheet, as the page of caught mail shows', async () => {
    const one = await written({ changes: '部署' }, 'email');
    expect(one.standing).toBe('sent');
    const page = (await to.get('/dev-mail')).text;
    expect(page).toContain('保有個人データの訂正等について');
    expect(page).toContain(`${one.documentNumber!}.pdf`);
    const href = /href="(\/dev-mail\/[^"]+)"/.exec(page)![1]!;
    const file = await to.get(href);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await to.get('/dev-mail/..%2Ftoken/0')).status).toBe(404);
    expect((await to.get(`${href}9`)).status).toBe(404);
  });

  it('have a text of the company’s own, by version, and go back to the one that came', async () => {
    const shown = await run(['letter-template', 'show', 'correction-made', '--json']);
    const { content } = JSON.parse(shown.out) as Template;
    const own = { ...content, ja: { ...content.ja, body: content.ja.body.replace('拝啓', '謹啓') } };
    const file = path.join(server.home, 'text.json');
    writeFileSync(file, JSON.stringify({ content: own }));
    const preview = await run(['letter-template', 'preview', 'correction-made', '--file', file]);
    expect(preview.out).toContain('謹啓');
    expect(preview.out).toContain('株式会社架空');
    expect((await to.get<Template>(PATH)).body.builtIn).toBe(true);
    expect((await run(['letter-template', 'edit', 'correction-made', '--file', file])).code).toBe(0);
    const one = await written({ changes: '住所' });
    expect(one).toMatchObject({ version: 1, text: expect.stringContaining('謹啓') });
    expect((await run(['letter-template', 'list'])).out).toContain('own, version 1');
    expect((await run(['letter-template', 'revert', 'correction-made'])).code).toBe(0);
    expect((await to.get<Template>(PATH)).body).toMatchObject({ builtIn: true, version: 2, content });
    expect((await written({ changes: '住所' })).text).toContain('拝啓');
  });

  it('refuse a text that does not say what it must, and say where', async () => {
    const { body } = await to.get<Template>(PATH);
    const { ja, en } = body.content;
    const put = (text: string) => to.put(PATH, { content: { ja: { ...ja, body: text }, en } });
    expect((await put(`${ja.body}\n{salary}`)).body).toMatchObject({
      code: 'letter-placeholder-unknown',
      details: { language: 'ja', part: 'body', allowed: expect.stringContaining('changes') },
    });
    expect((await put('何も変わりません')).body).toMatchObject({
      code: 'letter-placeholder-missing',
      details: { placeholder: 'changes' },
    });
    expect((await to.get<Template>(PATH)).body.version).toBe(body.version);
    expect((await to.get('/v1/letter-templates/nothing')).status).toBe(404);
  });

  it('are numbered as the company says, without a gap', async () => {
    expect((await run(['letter', 'numbering', '--prefix', '総人'])).code).toBe(0);
    const { documentNumber } = await written({ changes: '住所' });
    expect(documentNumber).toMatch(/^総人-\d{4}-0000\d\d$/);
    const { letters } = (await to.get<{ letters: Letter[] }>('/v1/letters')).body;
    const numbers = letters.map((one) => Number(one.documentNumber!.slice(-6)));
    expect(numbers).toEqual(numbers.map((_, index) => letters.length - index));
    expect((await run(['letter', 'numbering'])).out).toContain('総人-');
  });
});
