import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { ContactChannel, RosterPage, RosterRow } from '../api/contract';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is the id of something. */
export const isId = (text: string): boolean => UUID.test(text);

/** People by part of a name and the like, whoever may be contacted and whoever may not. */
export const foundPeopleQuery = (purposeId: string, channel: ContactChannel, text: string) =>
  queryOptions({
    queryKey: ['alumni', 'found', purposeId, text],
    queryFn: async ({ signal }): Promise<readonly RosterRow[]> => {
      const pages = await Promise.all(
        (['contactable', 'excluded'] as const).map((mode) =>
          ask<RosterPage>('/v1/roster/search', {
            signal,
            body: { purposeId, channel, mode, text, limit: 10 },
          }),
        ),
      );
      return pages.flatMap(({ rows }) => rows).slice(0, 10);
    },
  });
