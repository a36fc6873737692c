import { exportStream } from '@enishi/application';
import { expiryOf, type ExportStanding, type ExportState } from '@enishi/domain';
import { readExportSteps } from '@enishi/projections/audit-trail/query';
import { stateOfSteps } from '../../exports/export-views';
import type { WorkItem, WorkReading, WorkSource } from '../work-source';

/** Exports that have not ended, of this standing. */
async function standingAt(
  { infrastructure: { pool, openExports } }: WorkReading,
  standing: ExportStanding,
): Promise<readonly ExportState[]> {
  const streams = (await openExports.all()).map(({ exportId }) => exportStream(exportId));
  const states = (await readExportSteps(pool, streams)).map(stateOfSteps);
  return states.filter((state) => state.standing === standing);
}

const itemOf = (state: ExportState): WorkItem => ({
  id: state.request!.data.exportId,
  since: state.since!,
  due: expiryOf(state)!,
});

/** Files with personal data that somebody asked for, and nobody has decided on. */
export const exportsToApprove: WorkSource = {
  name: 'exports-to-approve',
  title: { ja: '個人データの書き出しの承認', en: 'Exports of personal data to approve' },
  wanted: 'approval',
  permission: 'exports:approve',
  people: true,
  page: '/audit/exports',
  command: 'enishi export list',
  async read(reading) {
    const states = await standingAt(reading, 'requested');
    const items = states.map((state) => ({ ...itemOf(state), notBy: [state.request!.data.staffId] }));
    return { items };
  },
};

/** Files that are made, and wait to be given to somebody by name. */
export const exportsToHandOver: WorkSource = {
  name: 'exports-to-hand-over',
  title: { ja: '完成した書き出しファイルの引渡し', en: 'Exports that are made, to hand over' },
  wanted: 'work',
  permission: 'exports:request',
  people: true,
  page: '/audit/exports',
  command: 'enishi export list',
  async read(reading) {
    const states = await standingAt(reading, 'made');
    const items = states.map((state) => ({ ...itemOf(state), assignees: [state.request!.data.staffId] }));
    return { items };
  },
};
