import { api, type Answer, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { listenAuthority, type ListeningAuthority } from '../timestamping/listening-authority';
import { everyOrder, ORDERS_ENV, type Step } from './support/orders';
import { answerSchemas, type AnswerSchemas } from './support/schemas';
import {
  accepted,
  caughtUp,
  furnish,
  importFile,
  IN_PERSON,
  leaversFile,
  SYSTEM,
  wholeRoster,
} from './support/steps';

jest.setTimeout(180_000);

interface Problems {
  readonly problems: readonly { readonly code: string; readonly messages: { readonly ja: string } }[];
}

/** Needs a browser’s session. */
const ELSEWHERE: readonly string[] = ['Auth.logout'];

describe('an answer is what the OpenAPI document says it is', () => {
  let server: TestServer;
  let to: Api;
  let schemas: AnswerSchemas;
  let authority: ListeningAuthority;
  const seen = new Set<string>();

  const holds = (id: string, answer: Answer<unknown>): void => {
    const { status, body } = accepted(answer);
    seen.add(id);
    expect(schemas.problems(id, status, body)).toEqual([]);
  };
  const get = async (id: string, path: string) => holds(id, await to.get(path));

  beforeAll(async () => {
    authority = await listenAuthority();
    const stamps = { ENISHI_TIMESTAMP_AUTHORITY: authority.url, ENISHI_TIMESTAMP_SECONDS: '1' };
    server = await startServer({ env: { ENISHI_CHECKPOINT_SECONDS: '1', ...ORDERS_ENV, ...stamps } });
    to = api(server);
    schemas = await answerSchemas(to);
  });
  afterAll(async () => {
    await server?.stop();
    authority?.close();
  });

  it('of every route that writes', async () => {
    await everyOrder(to, async ({ id, method, path, body, ifMatch, headers = {}, ended }: Step) => {
      const options = { headers, ...(ifMatch !== undefined && { ifMatch }) };
      const answer = await to.send(method, path, body, options);
      if (id === 'ImportScans.take') await get('ImportScans.list', path.replace(/\/\d+$/, ''));
      if (schemas.declared.includes(id)) holds(id, answer);
      await ended?.();
      return answer;
    });
  });

  it('of every route that reads: with people in every state, drafts, problems, rebuilds', async () => {
    const { purposeId, programmeId } = await furnish(to, 'referral');
    await to.post('/v1/purposes', { template: 'mentoring' });
    const { importId } = await importFile(to, leaversFile(60, { seed: 31, faults: true }));
    await caughtUp(to);
    const question = { purposeId, channel: 'email', programmeId };
    const people = await wholeRoster(to, { purposeId, channel: 'email', mode: 'approachable' });
    const [first, second] = people.map(({ alumnusId }) => alumnusId);
    const asked = { channels: ['email'], captureChannel: 'email', language: 'ja' };
    const answer = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    const consents = (who: string, what: string) => `/v1/alumni/${who}/consents/${purposeId}/${what}`;
    accepted(await to.post(consents(first!, 'grants'), answer));
    accepted(await to.post(consents(second!, 'requests'), asked));

    for (const mode of ['contactable', 'approachable', 'excluded']) {
      holds('Roster.search', await to.post('/v1/roster/search', { ...question, mode, limit: 20 }));
    }
    const at = new Date().toISOString();
    const before = { ...question, mode: 'excluded', at, limit: 20 };
    holds('Roster.search', await to.post('/v1/roster/search', before));
    holds('RosterDiff.diff', await to.post('/v1/roster/diff', { ...question, from: '2026-01-01', to: at }));
    await dryRuns(to, question, holds);
    const query = new URLSearchParams(question).toString();
    await get('Roster.funnel', `/v1/roster/funnel?${query}`);
    await get('Roster.choices', '/v1/roster/choices');
    for (const who of [first!, second!]) {
      await get('Roster.why', `/v1/alumni/${who}/why?${query}`);
      await get('Replay.steps', `/v1/alumni/${who}/replay?${query}`);
      await get('Roster.consents', `/v1/alumni/${who}/consents`);
      await get('Corrections.list', `/v1/alumni/${who}/corrections`);
      await get('Alumni.history', `/v1/alumni/${who}/history?limit=2`);
      await get('ConsentRecords.list', `/v1/alumni/${who}/consent-records`);
      await get('ConsentRecords.receipts', `/v1/alumni/${who}/consent-receipts`);
    }
    const { events } = (await to.get<{ events: { eventId: string }[] }>(`/v1/alumni/${first!}/history`)).body;
    for (const { eventId } of events) {
      const reveal = `/v1/alumni/${first!}/events/${eventId}/reveal`;
      holds('Evidence.reveal', await to.post(reveal, { reason: '確認' }));
    }
    const pair = `/v1/duplicates/${first!}/${second!}`;
    accepted(await to.post(`${pair}/link`, { reason: '本人に確認' }));
    await caughtUp(to);
    await get('Duplicates.one', pair);
    await get('LinkedRecords.list', `/v1/alumni/${first!}/linked`);
    await get('Duplicates.list', '/v1/duplicates?state=linked');
    holds('Roster.search', await to.post('/v1/roster/search', { ...question, mode: 'excluded', limit: 20 }));
    accepted(await to.post(`${pair}/unlink`, {}));
    await get('Audit.list', '/v1/audit-trail?limit=500');
    await get('ConsentHistory.list', '/v1/consent-history?limit=500');
    await get('AccessLog.list', '/v1/access-log?limit=100');
    await get('AccessLog.check', '/v1/access-log/check');
    await get('AuditSamples.draw', '/v1/audit-samples?of=consents&seed=s');
    await get('AuditSamples.draw', '/v1/audit-samples?of=uses&seed=s');
    await get('AuditSamples.draw', '/v1/audit-samples?of=erasures&seed=s');
    await get('Rules.show', '/v1/rules');
    await get('AuditSamples.draw', '/v1/audit-samples?of=readings&seed=s');
    await readRetention(to, first!, get, holds);
    await get('Exports.list', '/v1/exports');
    const { exports } = (await to.get<{ exports: { exportId: string }[] }>('/v1/exports')).body;
    for (const { exportId } of exports) await get('Exports.one', `/v1/exports/${exportId}`);
    await get('Work.list', '/v1/work?for=all');
    await get('LetterTexts.list', '/v1/letter-templates');
    await get('LetterTexts.one', '/v1/letter-templates/request-received');
    await get('LetterTexts.numbering', '/v1/letter-numbering');
    holds('LetterTexts.preview', await to.post('/v1/letter-templates/evidence-waits/previews', {}));
    await get('Letters.list', '/v1/letters');
    const { letters } = (await to.get<{ letters: { letterId: string }[] }>('/v1/letters')).body;
    expect(letters).toHaveLength(3);
    for (const { letterId } of letters) await get('Letters.one', `/v1/letters/${letterId}`);
    await get('Recipients.list', '/v1/recipients');
    const { recipients } = (await to.get<{ recipients: { recipientId: string }[] }>('/v1/recipients')).body;
    for (const { recipientId } of recipients) await get('Recipients.one', `/v1/recipients/${recipientId}`);
    await get('Provisions.list', '/v1/provisions');
    const { provisions } = (await to.get<{ provisions: { provisionId: string }[] }>('/v1/provisions')).body;
    for (const { provisionId } of provisions) await get('Provisions.one', `/v1/provisions/${provisionId}`);
    await get('Receipts.list', '/v1/receipts');
    const { receipts } = (await to.get<{ receipts: { receiptId: string }[] }>('/v1/receipts')).body;
    for (const { receiptId } of receipts) await get('Receipts.one', `/v1/receipts/${receiptId}`);
    await get('Tellings.list', '/v1/tellings');
    await get('HandlingRules.list', '/v1/handling-rules');
    await get('HandlingRules.reviews', '/v1/handling-rules/reviews');
    await get('Publication.list', '/v1/publication');
    await get('Publication.preview', '/v1/publication/preview');
    await get('Readiness.show', '/v1/readiness-checklist');
    await get('Erasures.list', '/v1/erasures');
    await get('Erasures.stores', '/v1/erasures/stores');
    const { erasures } = (
      await to.get<{ erasures: { erasureId: string; standing: string }[] }>('/v1/erasures')
    ).body;
    for (const { erasureId, standing } of erasures) {
      await get('Erasures.one', `/v1/erasures/${erasureId}`);
      await get('Erasures.people', `/v1/erasures/${erasureId}/people`);
      if (standing === 'executed') await get('Erasures.certificate', `/v1/erasures/${erasureId}/certificate`);
    }
    const preview = { alumnusIds: [first!, second!] };
    holds('Erasures.preview', await to.post('/v1/erasures/preview', preview));
    await get('RequestChoices.show', '/v1/requests/choices');
    await get('Requests.list', '/v1/requests?state=all');
    const { requests } = (await to.get<{ requests: { requestId: string }[] }>('/v1/requests?state=all')).body;
    for (const { requestId } of requests) await get('Requests.one', `/v1/requests/${requestId}`);
    await get('RequestDisclosure.assemble', `/v1/requests/${await granted(to, first!)}/disclosure`);
    await get('Purposes.list', '/v1/purposes');
    await get('Purposes.one', `/v1/purposes/${purposeId}`);
    await get('Programmes.list', '/v1/programmes');
    await get('Programmes.one', `/v1/programmes/${programmeId}`);
    await get('Imports.list', '/v1/imports');
    await get('Imports.one', `/v1/imports/${importId}`);
    await get('ImportApproval.preview', `/v1/imports/${importId}/approval`);
    const problems = await to.get<Problems>(`/v1/imports/${importId}/problems`);
    holds('Imports.problems', problems);
    // Of the reading and of the ledger's rules alike, a problem is told in words.
    for (const { code, messages } of problems.body.problems) expect(messages.ja).not.toBe(code);
    await to.post('/v1/projections/audit-trail/rebuild');
    await get('Operations.projections', '/v1/projections');
    while ((await to.get('/checkpoint')).status !== 200) await new Promise((done) => setTimeout(done, 50));
    await get('Checkpoints.list', '/v1/checkpoints?limit=1');
    await get('SigningKeys.list', '/v1/checkpoint-keys');
    await get('Receivers.list', '/v1/checkpoint-receivers');
    while ((await to.get('/checkpoint/timestamp')).status !== 200)
      await new Promise((done) => setTimeout(done, 50));
    await get('Timestamps.stamped', '/v1/checkpoint-timestamp');
    await get('Proofs.consistency', '/v1/proofs/consistency?from=1');
    await get('Proofs.range', '/v1/proofs/range?from=0&to=1');
    await get('SelfCheck.show', '/v1/self-check');
    await get('Policies.list', '/v1/policies');
    await get('Clock.show', '/v1/clock');
    await get('Outbox.show', '/v1/outbox');
    await get('Accounts.list', '/v1/accounts');
    await get('AccountsReview.current', '/v1/accounts/review');
    await get('Tokens.list', '/v1/tokens');
    await get('Auth.me', '/auth/me');
    holds('Roster.candidates', await candidates(to, server, purposeId));

    // Last, since it hides whom only this import knew; who has answered stays, and is listed.
    const undo = `/v1/imports/${importId}/undo`;
    accepted(await to.post(undo, { reason: '誤ったファイル' }));
    const state = async () => (await to.get<{ state: string }>(undo)).body.state;
    while ((await state()) === 'running') await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await state()).toBe('done');
    await get('ImportUndo.one', undo);
    const left = await to.get<{ left: readonly object[] }>(`${undo}/left`);
    holds('ImportUndo.left', left);
    expect(left.body.left.length).toBeGreaterThan(0);
  });

  afterAll(() => {
    expect([...seen, ...ELSEWHERE].sort()).toEqual([...schemas.declared]);
  });
});

/** A hold that stands, documents held elsewhere, open and disposed of, a purpose with periods of its own. */
async function readRetention(
  to: Api,
  alumnusId: string,
  get: (id: string, path: string) => Promise<void>,
  holds: (id: string, answer: Answer<unknown>) => void,
): Promise<void> {
  const { systemId } = accepted(
    await to.post<{ systemId: string }>('/v1/systems', { ...SYSTEM, code: 'hr' }),
  ).body;
  const path = `/v1/alumni/${alumnusId}`;
  accepted(await to.post(`${path}/holds`, { reviewAt: '2090-01-01', reason: '労働審判' }));
  const document = (label: string, anchors: readonly object[]) =>
    to.post<{ eventIds: string[] }>(`${path}/held-elsewhere`, {
      systemId,
      document: 'roster',
      label,
      anchors,
    });
  accepted(await document('原本', [{ anchor: 'leaving', day: '2020-03-31' }]));
  accepted(await document('控え', []));
  await caughtUp(to);
  const known = await to.get<{ elsewhere: { entryId: string }[] }>(`${path}/retention`);
  holds('Retention.one', known);
  const [entry] = known.body.elsewhere;
  const disposal = { disposedOn: '2026-01-05', proof: '溶解証明書' };
  accepted(await to.post(`${path}/held-elsewhere/${entry!.entryId}/disposal`, disposal));
  await caughtUp(to);
  await get('Retention.one', `${path}/retention`);
  await get('Retention.due', '/v1/retention/due');
  await get('Retention.due', '/v1/retention/due?month=due&limit=1');
  await get('Retention.holds', '/v1/holds');
  await get('Holds.list', `${path}/holds`);
  await get('Systems.list', '/v1/systems');
  await get('Systems.one', `/v1/systems/${systemId}`);
  await get('Law.show', '/v1/law');
}

/** A request for disclosure that was granted. @returns its id */
async function granted(to: Api, alumnusId: string): Promise<string> {
  const asked = { kind: 'disclosure', cameBy: 'paper', party: 'person', answerForm: 'paper', language: 'ja' };
  const received = { ...asked, requester: '縁野 結', asked: '開示' };
  const { requestId } = accepted(await to.post<{ requestId: string }>('/v1/requests', received)).body;
  for (const [what, body] of [
    ['matches', { alumnusId }],
    ['identity-checks', { result: 'verified', method: 'call-back', seen: '折り返し' }],
    ['decisions', { decision: 'accepted', reason: '請求のとおり' }],
  ] as const)
    accepted(await to.post(`/v1/requests/${requestId}/${what}`, body));
  return requestId;
}

/** A purpose changed beyond its scope and a programme for nobody, not drafted and drafted. */
async function dryRuns(
  to: Api,
  question: { readonly purposeId: string; readonly channel: string; readonly programmeId: string },
  holds: (id: string, answer: Answer<unknown>) => void,
): Promise<void> {
  const { purposeId, programmeId, channel } = question;
  const contentOf = async (path: string) =>
    (await to.get<{ versions: { content: object }[] }>(path)).body.versions.at(-1)!.content;
  for (const [path, id, asked, more] of [
    [`/v1/purposes/${purposeId}`, 'DryRun.purpose', { channel }, { kind: 'beyond-scope' }],
    [`/v1/programmes/${programmeId}`, 'DryRun.programme', question, {}],
  ] as const) {
    const nobody = { eligibility: { not: { all: [] } } };
    const content = { ...(await contentOf(path)), ...(id === 'DryRun.programme' && nobody) };
    holds(
      `${id}Revision`,
      await to.post(`${path}/revisions/dry-run`, { ...asked, ...more, content, limit: 5 }),
    );
    holds(`${id}Publication`, await to.post(`${path}/versions/1/publication/dry-run`, asked));
  }
}

/** As somebody who hires for this purpose. */
async function candidates(to: Api, server: TestServer, purposeId: string): Promise<Answer> {
  const machine = { kind: 'machine', label: 'hiring' };
  const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
  const grant = { role: 'hiring-manager', purposes: [purposeId] };
  accepted(await to.post(`/v1/accounts/${id}/grants`, grant));
  const validUntil = new Date(Date.now() + 86_400_000).toISOString();
  const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
  const hiring = api(server, accepted(made).body.token);
  return hiring.post('/v1/candidates/search', { purposeId, channel: 'email' });
}
