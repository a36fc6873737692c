import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, CONTACT_POINT, PARTY } from './support/steps';

jest.setTimeout(120_000);

const FORM = {
  kind: 'disclosure',
  ground: '',
  requester: '𠮷野 結',
  aboutThem: '営業部、2015年から2024年',
  asked: '連絡先の\n開示を求めます',
  party: 'person',
  agent: '',
  answerForm: 'electronic',
  answerTo: 'yui@example.jp',
};

describe('the form for requests by the person', () => {
  let server: TestServer;
  let to: Api;

  const page = (path = '/requests/new', init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { accept: 'text/html', ...init.headers } });
  const submit = async (fields: object, path = '/requests/new?lang=ja') => {
    const body = new URLSearchParams(fields as Record<string, string>);
    const answer = await page(path, { method: 'POST', body });
    return { status: answer.status, text: await answer.text() };
  };
  const drawn = async () => /name="form" value="([^"]+)"/.exec(await (await page()).text())![1]!;
  const requests = async () => {
    await caughtUp(to);
    const list = await to.get<{ requests: { requestId: string; cameBy: string }[] }>('/v1/requests');
    return accepted(list).body.requests;
  };
  const numberIn = (text: string) => /<strong>([0-9a-f]{8})<\/strong>/.exec(text)?.[1];

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    accepted(await to.put('/v1/company', { party: PARTY }));
    accepted(await to.put('/v1/company/contact-point', { contactPoint: CONTACT_POINT }));
  });
  afterAll(() => server?.stop());

  it('is a page for everybody, Japanese first, that loads and runs nothing', async () => {
    const answer = await page();
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('<html lang="ja">');
    for (const shown of ['株式会社架空', '個人データに関するご請求', '消去します', '個人情報相談窓口'])
      expect(text).toContain(shown);
    expect(text).not.toMatch(/<script|https?:\/\/(?!www\.w3)/);
    const english = await (await page('/requests/new?lang=en')).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('A request about your personal data');
    const preferred = await page('/requests/new', { headers: { 'accept-language': 'en-GB,ja;q=0.5' } });
    expect(await preferred.text()).toContain('<html lang="en">');
  });

  it('is taken in once, however often it is sent, and gives a number to keep', async () => {
    const form = await drawn();
    const first = await submit({ ...FORM, form });
    const number = numberIn(first.text);
    expect([first.status, number]).toEqual([200, expect.any(String)]);
    expect(numberIn((await submit({ ...FORM, form })).text)).toBe(number);
    const found = await requests();
    expect(found).toMatchObject([
      { cameBy: 'web-form', standing: 'received', daysLeft: 14, requester: FORM.requester },
    ]);
    expect(found[0]!.requestId.startsWith(number!)).toBe(true);
    const whole = accepted(await to.get(`/v1/requests/${found[0]!.requestId}`)).body;
    expect(whole).toMatchObject({
      asked: FORM.asked,
      answerTo: FORM.answerTo,
      verified: false,
      language: 'ja',
    });
    // Changed after it was sent, it is another one.
    expect(numberIn((await submit({ ...FORM, form, asked: '訂正します' })).text)).not.toBe(number);
    expect(await requests()).toHaveLength(2);
  });

  it('comes back with what is wrong, and with what was written, escaped', async () => {
    const before = (await requests()).length;
    const form = await drawn();
    const wrong = {
      ...FORM,
      form,
      kind: 'erasure',
      requester: '',
      party: 'mandatary',
      asked: '"><b>123456789018',
    };
    const { status, text } = await submit(wrong);
    expect(status).toBe(422);
    expect(text).toContain('4 か所');
    for (const field of ['ground', 'requester', 'asked', 'agent']) {
      expect(text).toMatch(new RegExp(`name="${field}"[^>]*aria-invalid="true"`));
      expect(text).toContain(`id="${field}-fault"`);
    }
    expect(text).toContain('マイナンバー');
    expect(text).not.toContain('<b>123');
    expect(text).toContain('&#34;&#62;&#60;b&#62;123456789018');
    expect(text).toContain(FORM.aboutThem);
    const many = await submit({ ...FORM, form, requester: 'x'.repeat(201), kind: 'everything' });
    expect(many.text).toContain('2 か所');
    expect(await requests()).toHaveLength(before);
  });

  it('takes no other way in, and only so many in an hour', async () => {
    const json = await page('/requests/new', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(415);
    const huge = await submit({ ...FORM, asked: 'x'.repeat(200_000) });
    expect(huge.status).toBe(413);
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++)
      statuses.push((await submit({ ...FORM, asked: `請求 ${n}`, form: 'f' })).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(statuses.lastIndexOf(200)).toBeLessThan(statuses.indexOf(429));
  });

  it('leaves nothing of it in the log of the server', () => {
    for (const said of ['𠮷野', '開示を求め', 'yui@', '123456789018'])
      expect(server.log()).not.toContain(said);
  });
});
