import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import type { Session } from '../session';

/** A letter, as the server tells it. */
export interface Letter {
  readonly letterId: string;
  readonly letter: string;
  readonly means: string;
  readonly standing: string;
  readonly orderedAt: string;
  readonly documentNumber?: string;
  readonly issuedAt?: string;
  readonly sentAt?: string;
  readonly ground?: string;
  readonly email?: string;
  readonly postalAddress?: string;
  readonly text?: string;
  readonly textHash?: string;
}

const STANDINGS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  ordered: ['作成待ち', 'being written'],
  issued: ['発送待ち', 'issued, not sent'],
  sent: ['発送済み', 'sent'],
  refused: ['配送不可', 'refused by the mail server'],
  attempts: ['送信できず', 'could not be sent'],
  returned: ['返送', 'came back'],
};

export function standingOf(session: Session, { standing, ground }: Letter): string {
  const known = STANDINGS[ground ?? standing];
  return known === undefined ? standing : session.t(...known);
}

const UUID_PREFIX = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** The id of a letter, by itself or by the beginning of one of the latest. */
export async function letterIdOf(api: Api, name: string): Promise<string> {
  if (!UUID_PREFIX.test(name))
    throw badInput('letter-id-not-valid', 'ID が正しくありません。', 'This is no id of a letter.');
  if (name.length === 36) return name.toLowerCase();
  const { letters } = await api.get<{ letters: Letter[] }>('/v1/letters', { limit: 500 });
  const found = letters.filter(({ letterId }) => letterId.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!.letterId;
  throw new Failure(
    EXIT.notFound,
    found.length === 0 ? 'letter-unknown' : 'letter-id-ambiguous',
    { ja: 'その ID の文書を特定できません。', en: 'No one letter begins so.' },
    { ja: 'enishi letter list で確かめてください。', en: 'See `enishi letter list`.' },
  );
}
