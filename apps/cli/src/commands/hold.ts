import type { CommandAnswer } from '../answers';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import { readText } from '../input';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { alumnusIdOf } from '../names';
import { option, required, time } from '../options';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';

interface Hold {
  readonly holdId: string;
  readonly alumnusId: string;
  readonly stopsContact: boolean;
  readonly reviewAt: string;
  readonly due: boolean;
  readonly releasedBy?: string;
}

const reasonOption = () => required(option('--reason <text>', 'why, kept sealed (- for standard input)'));

const list = leaf<object>({
  usage: 'list [alumnus]',
  summary: 'the holds that stand, the earliest review first; of one person, the released ones too',
  examples: ['hold list', 'hold list 3f2a9c1e'],
  notes: 'Why is sealed: `enishi consent evidence` shows it, for a reason.',
  isDefault: true,
  async act(session, _options, [name]) {
    const api = await session.api();
    if (name !== undefined) return showHolds(session, await holdsOf(session, await alumnusIdOf(api, name)));
    const { holds } = await api.get<{ holds: readonly Hold[] }>('/v1/holds');
    await api.memory.sawIds(holds.map(({ alumnusId }) => alumnusId));
    await showHolds(session, holds);
  },
});

async function showHolds(session: Session, holds: readonly Hold[]): Promise<void> {
  await session.list(
    holds,
    [
      { heading: 'ID' },
      { heading: session.t('本人', 'Alumnus') },
      { heading: session.t('状態', 'State') },
      { heading: session.t('見直し', 'Review') },
      { heading: session.t('連絡', 'Contact') },
    ],
    ({ holdId, alumnusId, releasedBy, reviewAt, due, stopsContact }) => [
      holdId.slice(0, 8),
      alumnusId.slice(0, 8),
      releasedBy === undefined ? session.t('保全中', 'stands') : session.t('解除', 'released'),
      due ? `${when(reviewAt)} ${session.t('（期限到来）', '(due)')}` : when(reviewAt),
      stopsContact ? session.t('止める', 'stopped') : '–',
    ],
    { ja: '保全措置はありません。', en: 'There are no holds.' },
  );
}

const place = leaf<{ readonly review: string; readonly reason: string; readonly stopContact?: boolean }>({
  usage: 'place <alumnus>',
  summary: 'keep a person’s data from being erased, until the hold is released (compliance)',
  examples: ['hold place 3f2a9c1e --review 2027-05-31 --reason 労働審判'],
  notes:
    'Refused while an erasure is carried out (APPI 22). A hold never ends by itself: hold list shows whose review has come.',
  options: [
    required(time('--review <time>', 'when somebody must look at it again')),
    reasonOption(),
    option('--stop-contact', 'stop every contact too'),
  ],
  async act(session, { review, reason, stopContact }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/holds`;
    const body = present({
      reviewAt: review,
      reason: await readText(session.io, reason),
      stopsContact: stopContact,
    });
    const answer = await api.command<CommandAnswer>('POST', path, body);
    await showDone(session, answer, { ja: '保全措置をとりました', en: 'Hold placed' }, String(answer.holdId));
  },
});

const review = leaf<{ readonly next: string; readonly reason: string }>({
  usage: 'review <alumnus> <hold>',
  summary: 'keep a hold until another review: it is still needed (compliance)',
  examples: ['hold review 3f2a9c1e 9c1e3f2a --next 2027-11-30 --reason 係争中'],
  options: [required(time('--next <time>', 'when somebody must look at it again')), reasonOption()],
  async act(session, { next, reason }, [name = '', hold = '']) {
    const path = await pathOf(session, name, hold);
    const body = { reviewAt: next, reason: await readText(session.io, reason) };
    const answer = await (await session.api()).command<CommandAnswer>('POST', `${path}/review`, body);
    await showDone(session, answer, { ja: '保全措置の見直しを記録しました', en: 'Hold reviewed' });
  },
});

const release = leaf<{ readonly reason: string }>({
  usage: 'release <alumnus> <hold>',
  summary: 'release a hold: erasure may go on (compliance)',
  examples: ['hold release 3f2a9c1e 9c1e3f2a --reason 和解が成立した'],
  options: [reasonOption()],
  async act(session, { reason }, [name = '', hold = '']) {
    const path = await pathOf(session, name, hold);
    const body = { reason: await readText(session.io, reason) };
    const answer = await (await session.api()).command<CommandAnswer>('POST', `${path}/release`, body);
    await showDone(session, answer, { ja: '保全措置を解除しました', en: 'Hold released' });
  },
});

/** The address of one hold, by the beginning of its id. */
async function pathOf(session: Session, name: string, hold: string): Promise<string> {
  const alumnusId = await alumnusIdOf(await session.api(), name);
  const holds = await holdsOf(session, alumnusId);
  const found = holds.filter(({ holdId }) => hold.length >= 8 && holdId.startsWith(hold.toLowerCase()));
  if (found.length !== 1) throw holdUnknown();
  return `/v1/alumni/${alumnusId}/holds/${found[0]!.holdId}`;
}

async function holdsOf(session: Session, alumnusId: string): Promise<readonly Hold[]> {
  const path = `/v1/alumni/${alumnusId}/holds`;
  return (await (await session.api()).get<{ holds: readonly Hold[] }>(path)).holds;
}

function holdUnknown(): Failure {
  return new Failure(
    EXIT.notFound,
    'hold-unknown',
    { ja: 'この保全措置はありません。', en: 'There is no such hold.' },
    { ja: 'enishi hold list で確かめてください。', en: 'See `enishi hold list`.' },
  );
}

/** `enishi hold …` */
export const HOLD: Group = {
  name: 'hold',
  summary: 'holds on one person’s data, which keep it from being erased: list, place, review, release',
  leaves: [list, place, review, release],
};
