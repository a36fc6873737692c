import type { Api } from '../../support/api';
import type { Take } from './orders';

const ASKED = {
  ...{ kind: 'disclosure', cameBy: 'paper', party: 'mandatary', answerForm: 'paper', language: 'ja' },
  ...{
    requester: '縁野 結',
    asked: '開示を求めます',
    answerTo: '東京都',
    aboutThem: '営業部',
    agent: '縁野 守',
  },
};
const CHECK = { result: 'verified', method: 'document-seen', seen: '旅券', authority: '委任状' };
const REFUSAL = { decision: 'refused', refusalGround: 'not-held', reason: '保有していない' };
const TOLD = { about: 'decision', form: 'paper', way: 'post', said: '該当なし', proof: '書留 1' };

/** Takes every writing route of the request desk once, in an order in which each of them succeeds. */
export async function requestOrders(to: Api, take: Take, alumnusId: string): Promise<void> {
  const { accountId } = (await to.get<{ accountId: string }>('/auth/me')).body;
  const order = (id: string, path: string, body?: unknown, other?: unknown) =>
    take({ id, method: 'POST', path: `/v1/requests${path}`, body, ...(other !== undefined && { other }) });
  const received = await order('Requests.receive', '', ASKED, { ...ASKED, asked: '別のこと' });
  const original = await order('Requests.receive', '', { ...ASKED, asked: '先の請求' });
  const requestId = received.body['requestId'] as string;
  const desk = (what: string, path: string, body?: unknown, other?: unknown) =>
    order(`RequestDesk.${what}`, `/${requestId}/${path}`, body, other);
  const answers = (what: string, path: string, body: unknown, other: unknown) =>
    order(`RequestAnswers.${what}`, `/${requestId}/${path}`, body, other);

  const letter = { letter: 'request-received', means: 'post', name: '縁野 守' };
  await answers('reply', 'letters', letter, { ...letter, means: 'email', email: 'mamoru@example.jp' });
  await desk('match', 'matches', { alumnusId }, { alumnusId: requestId });
  await desk('checkIdentity', 'identity-checks', CHECK, { ...CHECK, seen: '免許証' });
  await desk(
    'assign',
    'assignments',
    { assigneeId: accountId },
    { assigneeId: accountId, deputyId: accountId },
  );
  await desk('note', 'notes', { note: '確認' }, { note: '別' });
  await desk('pause', 'pauses', { reason: '待ち' }, { reason: '別' });
  await desk('resume', 'resumptions');
  const originalId = original.body['requestId'] as string;
  await desk('link', 'links', { originalId }, { originalId: requestId });
  await desk('charge', 'fees', { amount: 500 }, { amount: 600 });
  const kept = await take({
    id: 'RequestFiles.keep',
    method: 'POST',
    path: `/v1/requests/${requestId}/artefacts`,
    body: Buffer.from('a letter'),
    other: Buffer.from('another'),
  });
  const artefactId = kept.body['artefactId'] as string;
  await desk('attach', 'attachments', { artefactId, title: '請求書' }, { artefactId, title: '別' });
  const task = { system: '給与', ownerId: accountId, dueOn: '2099-12-31', task: '写し' };
  const opened = await desk('openTask', 'tasks', task, { ...task, task: '別' });
  const answered = { answer: 'done', proof: '一覧' };
  const path = `tasks/${opened.body['taskId'] as string}/answers`;
  await desk('answerTask', path, answered, { ...answered, artefactId });
  const accepted = { decision: 'accepted', reason: '請求のとおり' };
  await answers('decide', 'decisions', accepted, REFUSAL);
  await desk('askSystems', 'system-tasks');
  const whole = await to.get<{ tasks: { taskId: string; answer?: string }[] }>(`/v1/requests/${requestId}`);
  for (const { taskId } of whole.body.tasks.filter((one) => one.answer === undefined))
    await to.post(`/v1/requests/${requestId}/tasks/${taskId}/answers`, answered);
  await answers('execute', 'executions', { changed: '一式' }, { changed: '別' });
  await answers('notify', 'notifications', { ...TOLD, artefactId }, TOLD);
  await answers('complain', 'complaints', { complaint: '足りない' }, { complaint: '別' });
  const decisions = [{ requestId, ...REFUSAL }];
  await order('RequestMany.decide', '/decisions', { decisions }, { decisions: [{ requestId, ...accepted }] });
  const told = await to.post(`/v1/requests/${requestId}/notifications`, TOLD);
  if (told.status !== 200) throw new Error(told.text);
  const requests = [{ requestId: originalId }];
  const many = { requests, assigneeId: accountId };
  await order('RequestMany.assign', '/assignments', many, { ...many, requests: [...requests, ...requests] });
  await answers('close', 'closures', { outcome: 'answered' }, { outcome: 'duplicate' });
}
