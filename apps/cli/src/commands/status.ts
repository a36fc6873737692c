import type { Ledger, ProjectionState } from '../answers';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import { leaf } from '../leaf';
import { facts } from '../output/table';

interface Ready {
  readonly status: string;
  readonly database?: string;
  readonly missing?: readonly string[];
}

/** Operators may look at projections; for others the rest is enough. */
async function projectionsOf(api: Api): Promise<readonly ProjectionState[] | undefined> {
  try {
    return (await api.get<{ projections: ProjectionState[] }>('/v1/projections')).projections;
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.notPermitted) return undefined;
    throw error;
  }
}

/** `enishi status` */
export const STATUS = leaf<object>({
  usage: 'status',
  summary: 'whether the server serves, which ledger it keeps, and how far its views are',
  examples: ['status', 'status --json'],
  async act(session) {
    const api = await session.api();
    const ready = await api.state<Ready>('/ready', [503]);
    const ledger = await api.get<Ledger>('/v1/ledger');
    const projections = await projectionsOf(api);
    const lag = projections?.reduce((most, { lag: one }) => Math.max(most, Number(one ?? 0)), 0);
    const parked = projections?.reduce((sum, { parked: one }) => sum + (one ?? 0), 0);
    const state = {
      url: api.url,
      ...ledger,
      ready: ready.status === 'ready',
      missing: ready.missing ?? [],
      lag,
      parked,
    };
    await session.show(state, () =>
      facts([
        [session.t('サーバー', 'Server'), api.url],
        [
          session.t('状態', 'State'),
          state.ready ? session.t('稼働中', 'ready') : session.t('準備中', 'not ready'),
        ],
        [session.t('準備中のビュー', 'Not ready'), state.missing.join(', ')],
        [session.t('台帳', 'Ledger'), ledger.ledgerId],
        [session.t('モード', 'Mode'), ledger.mode],
        [session.t('最後の位置', 'Head'), ledger.head ?? '-'],
        [session.t('反映の遅れ', 'Lag'), lag === undefined ? undefined : String(lag)],
        [session.t('停止中の対象', 'Parked'), parked === undefined ? undefined : String(parked)],
        [session.t('版', 'Version'), ledger.version],
      ]),
    );
    return state.ready ? EXIT.ok : EXIT.failed;
  },
});
