import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useAct } from '../api/act';
import { act } from '../api/client';
import type { RequestDetail } from '../api/request-contract';

/** Takes a request up again that was paused; there is nothing to fill in. Called with the revision that was read. */
export function useResume(
  { requestId }: RequestDetail,
  onDone: () => void,
): UseMutationResult<unknown, Error, number> {
  const queries = useQueryClient();
  return useAct(
    (revision: number, key) => act('POST', `/v1/requests/${requestId}/resumptions`, {}, key, revision),
    async () => {
      await queries.invalidateQueries({ queryKey: ['requests'] });
      onDone();
    },
  );
}
