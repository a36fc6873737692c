import { setTimeout as sleep } from 'node:timers/promises';
import type { ProjectionState } from '../answers';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import { leaf, type Group } from '../leaf';
import type { Session } from '../session';
import { showDone } from './answer';

const POLL_MS = 300;

async function read(api: Api): Promise<readonly ProjectionState[]> {
  return (await api.get<{ projections: ProjectionState[] }>('/v1/projections')).projections;
}

const list = leaf<object>({
  usage: 'list',
  summary: 'every projection: how far it is, what is parked, what is being rebuilt',
  examples: ['projections', 'projections list --json'],
  isDefault: true,
  async act(session) {
    const columns = [
      { heading: session.t('ビュー', 'View') },
      { heading: session.t('位置', 'Position'), align: 'right' as const },
      { heading: session.t('遅れ', 'Lag'), align: 'right' as const },
      { heading: session.t('停止', 'Parked'), align: 'right' as const },
      { heading: session.t('再構築', 'Rebuild') },
    ];
    const cells = ({ name, position, lag, parked, building }: ProjectionState): unknown[] => {
      const share = building ? `${Math.floor((building.done ?? 0) * 100)} %` : '';
      return [name, position ?? '-', String(lag ?? ''), String(parked ?? 0), share];
    };
    const empty = { ja: 'ビューはありません。', en: 'There are no projections.' };
    await session.list(await read(await session.api()), columns, cells, empty);
  },
});

const rebuild = leaf<{ wait?: boolean }>({
  usage: 'rebuild <name>',
  summary: 'rebuild a projection from the first event, beside the one that serves',
  examples: ['projections rebuild alumni-roster'],
  notes:
    'The old one serves until the new one is complete. Ctrl-C leaves the rebuild going; `cancel` stops it.',
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const before = (await read(api)).find((one) => one.name === name);
    await api.command('POST', `/v1/projections/${encodeURIComponent(name)}/rebuild`);
    const state = await untilBuilt(session, api, name, before?.servingVersion);
    await showDone(session, { ...state, outcome: 'done' }, { ja: '再構築しました', en: 'Rebuilt' }, name);
  },
});

/** Waits while it is being built. It may begin a moment after it was asked for, and be over in the next. */
async function untilBuilt(
  session: Session,
  api: Api,
  name: string,
  before: ProjectionState['servingVersion'],
): Promise<ProjectionState> {
  const progress = session.progress({ ja: `再構築 ${name}`, en: `Rebuilding ${name}` });
  let seen = false;
  try {
    for (let polls = 0; ; polls += 1) {
      const state = (await read(api)).find((one) => one.name === name);
      if (state === undefined) throw gone();
      const building = state.building ?? undefined;
      if (building?.state === 'stopped') throw failed();
      const over =
        building === undefined && (seen || state.servingVersion !== before || polls * POLL_MS > 5000);
      if (over) return state;
      seen ||= building !== undefined;
      progress.share(building?.done ?? 0, building?.handled ?? 0, 'events');
      await sleep(POLL_MS);
    }
  } finally {
    progress.end();
  }
}

const cancel = leaf<object>({
  usage: 'cancel <name>',
  summary: 'stop a rebuild; the old one goes on serving',
  examples: ['projections cancel alumni-roster'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const answer = await api.command('DELETE', `/v1/projections/${encodeURIComponent(name)}/rebuild`);
    await showDone(session, answer, { ja: '再構築を中止しました', en: 'Rebuild cancelled' }, name);
  },
});

/** `enishi projections …` */
export const PROJECTIONS: Group = {
  name: 'projections',
  summary: 'the views, and rebuilding them',
  leaves: [list, rebuild, cancel],
};

function gone(): Failure {
  return new Failure(EXIT.notFound, 'projection-unknown', {
    ja: 'そのビューはありません。',
    en: 'There is no such projection.',
  });
}

function failed(): Failure {
  return new Failure(EXIT.failed, 'rebuild-failed', {
    ja: '再構築に失敗しました。以前のビューがそのまま使われています。',
    en: 'The rebuild failed. The old one goes on serving.',
  });
}
