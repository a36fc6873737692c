import type { Import } from '../answers';
import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';

const UUID_PREFIX = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** An import by its id, or by the beginning of one of the latest. */
export async function importOf(api: Api, name: string): Promise<Import> {
  if (!UUID_PREFIX.test(name))
    throw badInput('import-id-not-valid', 'ID が正しくありません。', 'This is no id of an import.');
  if (name.length === 36) return api.get<Import>(`/v1/imports/${name}`);
  const { imports } = await api.get<{ imports: Import[] }>('/v1/imports');
  const found = imports.filter(({ importId }) => importId.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!;
  throw new Failure(
    EXIT.notFound,
    'import-unknown',
    { ja: 'その取り込みはありません。', en: 'There is no such import.' },
    { ja: 'enishi import list で確かめてください。', en: 'See `enishi import list`.' },
  );
}
