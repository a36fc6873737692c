import { accepted, wholeRoster } from './steps';
import type { Office } from './year';

/** The leavers of the story, each by a given name of its own. All left on the same day. */
export const PEOPLE = ['春', '夏', '秋', '冬', '朝', '夕'];
export const LEFT = '2025-03-31';

/** The file that HR sends. */
export function leavers(...names: readonly string[]): Buffer {
  const lines = names.map((given) => {
    const number = PEOPLE.indexOf(given) + 1;
    return `Y-${number},縁野,${given},営業部,2015-04-01,${LEFT},自己都合,person-${number}@example.jp`;
  });
  return Buffer.from(
    `社員番号,姓,名,部署,入社年月日,退職年月日,退職区分,メールアドレス\n${lines.join('\n')}\n`,
  );
}

/** A request, as far as the story asks about it. */
export interface Request {
  readonly requestId: string;
  readonly standing: string;
  readonly dueAt?: string;
  readonly tasks: readonly { readonly taskId: string; readonly answer?: string }[];
}

type Step = readonly [what: string, body: object];

/** The desk of an office: what is asked and done there again and again, about people by their given names. */
export class YearDesk {
  readonly ids: Record<string, string> = {};
  purposeId = '';

  constructor(private readonly office: Office) {}

  async get<Body>(path: string): Promise<Body> {
    return accepted(await this.office.to.get<Body>(path)).body;
  }

  async post<Body = Record<string, unknown>>(path: string, body: object): Promise<Body> {
    return accepted(await this.office.to.post<Body>(path, body)).body;
  }

  /** Whose alumnus id is whose; once they are imported. */
  async learnIds(): Promise<void> {
    const question = { purposeId: this.purposeId, channel: 'email', mode: 'excluded' };
    for (const { alumnusId, name } of await wholeRoster(this.office.to, question))
      this.ids[name.given!] = alumnusId;
  }

  /** Given names, in the order of {@link PEOPLE}. */
  async roster(mode: 'contactable' | 'excluded', at?: string): Promise<string> {
    const question = { purposeId: this.purposeId, channel: 'email', mode, ...(at !== undefined && { at }) };
    const rows = await wholeRoster(this.office.to, question);
    return PEOPLE.filter((given) => rows.some(({ name }) => name?.given === given)).join('');
  }

  consent(given: string, what: string, body: object): Promise<unknown> {
    return this.post(`/v1/alumni/${this.ids[given]}/consents/${this.purposeId}/${what}`, body);
  }

  /** What has happened to somebody, as types of events. */
  async history(given: string): Promise<readonly string[]> {
    const path = `/v1/alumni/${this.ids[given]}/history?limit=100`;
    return (await this.get<{ events: { type: string }[] }>(path)).events.map(({ type }) => type);
  }

  /** Of what recipients have to be told, or were. */
  async tellings(given: string, state: 'due' | 'told'): Promise<readonly string[]> {
    const path = `/v1/tellings?alumnusId=${this.ids[given]}&state=${state}`;
    const { tellings } = await this.get<{ tellings: { ground: string; items: string[] }[] }>(path);
    return tellings.map(({ ground, items }) => `${ground} of ${items.join()}`);
  }

  /** The only request of a kind, if there is one. */
  async request(kind: string): Promise<Request | undefined> {
    const list = await this.get<{ requests: Request[] }>(`/v1/requests?state=all&kind=${kind}`);
    const [found] = list.requests;
    return found && this.get<Request>(`/v1/requests/${found.requestId}`);
  }

  /** Takes steps with the request of a kind. */
  async take(kind: string, ...steps: readonly Step[]): Promise<void> {
    const { requestId } = (await this.request(kind))!;
    for (const [what, body] of steps) await this.post(`/v1/requests/${requestId}/${what}`, body);
  }

  /** Every system that may hold the data is asked, and answers. */
  async answerTasks(kind: string): Promise<void> {
    await this.office.settled();
    await this.take(kind, ['system-tasks', {}]);
    const done = { answer: 'done', proof: '担当者の一覧' };
    for (const { taskId, answer } of (await this.request(kind))!.tasks)
      if (answer === undefined) await this.take(kind, [`tasks/${taskId}/answers`, done]);
  }

  /** What the five-point checklist misses. */
  async openPoints(): Promise<readonly string[]> {
    const path = '/v1/readiness-checklist';
    const { points } = await this.get<{ points: { missing: { code: string }[] }[] }>(path);
    return points.flatMap(({ missing }) => missing.map(({ code }) => code));
  }

  /** How far the latest check of everything against the events is, and how many differences it has found. */
  async selfCheck(): Promise<readonly unknown[]> {
    const { body } = await this.office.to.get('/v1/self-check');
    return [body['state'], body['found']];
  }

  /** Of whom something is due to be erased: nothing keeps it any more. */
  async due(): Promise<string> {
    const { people = [] } = await this.get<{ people?: { alumnusId: string }[] }>(
      '/v1/retention/due?month=due',
    );
    return PEOPLE.filter((given) => people.some(({ alumnusId }) => alumnusId === this.ids[given])).join('');
  }
}
