import { ITEM_FIELDS } from '@enishi/domain';
import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { choices, option, required, words } from '../options';
import { readText } from '../input';
import type { CommandAnswer } from '../answers';
import { showDone } from './answer';
import { proposedText } from './erasure-of';
import { requestIdOf } from './request-of';

interface ItemOptions {
  readonly field: readonly string[];
  readonly event?: readonly string[];
  readonly request?: string;
  readonly reason: string;
}

/** `enishi erasure erase-item` */
export const ERASE_ITEM = leaf<ItemOptions>({
  usage: 'erase-item <alumnus>',
  summary: 'propose that single items of a person be erased; the rest stays',
  examples: [
    'erasure erase-item 3f2a9c1e --field phone,lineId --reason 本人の請求',
    'erasure erase-item 3f2a9c1e --field email --event 0d4c9b1e-5c1f-5a53-9a53-0c5f3f1c2b77 --reason 誤った値',
  ],
  notes:
    'Nothing is erased before `erasure approve`. No file brings the items back; a person may enter them again.\n' +
    'For the name, erase the person: `erasure plan`.',
  options: [
    required(choices('--field <fields>', 'which items', ITEM_FIELDS)),
    words('--event <ids>', 'only as these events state them, such as a value of before'),
    option('--request <request>', 'the request that it answers'),
    required(option('--reason <text>', 'why, kept sealed (- for standard input)')),
  ],
  async act(session, { field: fields, event: eventIds, request, reason }, [name = '']) {
    const api = await session.api();
    const body = {
      alumnusId: await alumnusIdOf(api, name),
      fields,
      ...(eventIds && { eventIds }),
      ...(request !== undefined && { requestId: await requestIdOf(api, request) }),
      reason: await readText(session.io, reason),
    };
    const made = await api.command<CommandAnswer & { erasureId: string; second: boolean }>(
      'POST',
      '/v1/erasures/items',
      body,
    );
    await showDone(session, made, proposedText(made), made.erasureId);
  },
});
