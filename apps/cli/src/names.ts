import type { Versioned } from './answers';
import { EXIT } from './exit-codes';
import { badInput, Failure } from './failure';
import type { Api } from './http/api';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PREFIX = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** A purpose, by its code or id. */
export async function purposeOf(api: Api, name: string): Promise<Versioned & { readonly purposeId: string }> {
  const { purposes } = await api.get<{ purposes: (Versioned & { purposeId: string })[] }>('/v1/purposes');
  const found = purposes.find(({ code, purposeId }) => code === name || purposeId === name.toLowerCase());
  if (found !== undefined) return found;
  throw unknown('purpose-unknown', '利用目的がありません。', 'There is no such purpose.', 'purpose');
}

/** The id of a purpose, by its code or id. */
export async function purposeIdOf(api: Api, name: string): Promise<string> {
  return UUID.test(name) ? name.toLowerCase() : (await purposeOf(api, name)).purposeId;
}

/** A programme, by its code or id. */
export async function programmeOf(
  api: Api,
  name: string,
): Promise<Versioned & { readonly programmeId: string }> {
  const { programmes } = await api.get<{ programmes: (Versioned & { programmeId: string })[] }>(
    '/v1/programmes',
  );
  const found = programmes.find(
    ({ code, programmeId }) => code === name || programmeId === name.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw unknown('programme-unknown', '制度がありません。', 'There is no such programme.', 'programme');
}

export async function programmeIdOf(api: Api, name: string): Promise<string> {
  return UUID.test(name) ? name.toLowerCase() : (await programmeOf(api, name)).programmeId;
}

/**
 * The id of an alumnus, by the id or the beginning (8 characters or more) of one that was printed lately.
 * Never by name: names belong neither in an argument nor in a shell's history.
 */
export async function alumnusIdOf(api: Api, name: string): Promise<string> {
  if (UUID.test(name)) return name.toLowerCase();
  if (!PREFIX.test(name)) {
    throw badInput(
      'alumnus-id-not-valid',
      'アルムナイは ID（または先頭 8 文字以上）で指定してください。',
      'An alumnus is named by id, or by its first 8 characters or more.',
      { ja: 'ID は enishi roster に出ます。', en: '`enishi roster` prints ids.' },
    );
  }
  const seen = await api.memory.seenBeginning(name.toLowerCase());
  if (seen.length === 1) return seen[0]!;
  if (seen.length > 1) {
    throw badInput(
      'alumnus-id-ambiguous',
      '同じ文字で始まる ID が複数あります。',
      'More than one id begins so.',
      {
        ja: 'もっと長く指定してください。',
        en: 'Give more of it.',
      },
    );
  }
  throw new Failure(
    EXIT.notFound,
    'alumnus-id-not-seen',
    { ja: '最近表示した ID の中にありません。', en: 'No id that was printed lately begins so.' },
    {
      ja: 'ID 全体を指定するか、先に enishi roster で表示してください。',
      en: 'Give all of it, or list the roster first.',
    },
  );
}

function unknown(code: string, ja: string, en: string, group: string): Failure {
  return new Failure(
    EXIT.notFound,
    code,
    { ja, en },
    { ja: `enishi ${group} list で確かめてください。`, en: `See \`enishi ${group} list\`.` },
  );
}
