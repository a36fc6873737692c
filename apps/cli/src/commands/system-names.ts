import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';

/** A system of the inventory, as the server answers it. */
export interface System {
  readonly systemId: string;
  readonly code: string;
  readonly systemKind: string;
  readonly name: string;
  readonly purpose: string;
  readonly items: string;
  readonly categories: readonly string[];
  readonly documents: readonly string[];
  readonly department: string;
  readonly responsible?: string;
  readonly responsibleId: string;
  readonly access: string;
  readonly country: string;
  readonly disposal: string;
  readonly retired: boolean;
}

/** A system, by its code or id. */
export async function systemOf(api: Api, name: string): Promise<System> {
  const { systems } = await api.get<{ systems: readonly System[] }>('/v1/systems');
  const found = systems.find(({ code, systemId }) => code === name || systemId === name.toLowerCase());
  if (found !== undefined) return found;
  throw new Failure(
    EXIT.notFound,
    'system-unknown',
    { ja: 'システムがありません。', en: 'There is no such system.' },
    { ja: 'enishi inventory list で確かめてください。', en: 'See `enishi inventory list`.' },
  );
}
