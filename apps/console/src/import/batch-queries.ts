import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Purpose } from '../api/contract';
import type { ApprovalPreview, ImportScan, ImportScans, ImportUndo, Left } from '../api/import-contract';
import { ApiProblem } from '../api/problem';

const SHOWN_LEFT = 50;
const SCANS_AT_ONCE = 500;

/** Scans that were handed in: how many, and after the reading each of them with the rows that name it. */
export const scansQuery = (importId: string, asOf: string, read: boolean) =>
  queryOptions({
    queryKey: ['imports', importId, 'scans', asOf, read],
    queryFn: async ({ signal }) => {
      const items: ImportScan[] = [];
      for (let after: number | undefined = 0; ;) {
        const page: ImportScans = await ask(
          `/v1/imports/${importId}/scans?limit=${read ? SCANS_AT_ONCE : 1}&after=${after}`,
          { signal },
        );
        items.push(...page.items);
        after = page.next;
        if (!read || after === undefined) return { scans: page.scans, items };
      }
    },
  });

/** What approving would come to now. */
export const approvalQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId, 'approval'],
    queryFn: ({ signal }) => ask<ApprovalPreview>(`/v1/imports/${importId}/approval`, { signal }),
    staleTime: 0,
  });

/** How far taking back is; null where nobody has ordered it. */
export const undoQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId, 'undo'],
    queryFn: async ({ signal }) => {
      try {
        return await ask<ImportUndo>(`/v1/imports/${importId}/undo`, { signal });
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'undo-unknown') return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
  });

/** What stays, and why: the first of them. */
export const leftQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId, 'undo', 'left'],
    queryFn: ({ signal }) =>
      ask<{ left: readonly Left[]; next?: number }>(`/v1/imports/${importId}/undo/left?limit=${SHOWN_LEFT}`, {
        signal,
      }),
  });

/** Purposes by their id, to name them. */
export const purposeTitlesQuery = queryOptions({
  queryKey: ['purposes', 'titles'],
  queryFn: async ({ signal }) =>
    (await ask<{ purposes: readonly Purpose[] }>('/v1/purposes', { signal })).purposes,
});
