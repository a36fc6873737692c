import { badInput } from '../failure';
import { readJson } from '../input';
import { write } from '../io';
import { leaf } from '../leaf';
import { option } from '../options';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';

interface Account {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly label?: string;
  readonly lastUsed?: string;
  readonly grants: readonly Grant[];
  readonly tokens: readonly {
    readonly id: string;
    readonly validUntil: string;
    readonly lastUsed?: string;
  }[];
}

interface Grant {
  readonly role: string;
  readonly programmes?: readonly string[];
  readonly departments?: readonly string[];
  readonly purposes?: readonly string[];
  readonly fields: readonly string[];
  readonly validUntil?: string;
}

interface Review {
  readonly standing: string;
  readonly accounts: readonly Account[];
  readonly last?: { readonly at: string; readonly actor: string; readonly actorName?: string };
  readonly dueAt?: string;
  readonly due: boolean;
}

/** `enishi accounts review` */
export const REVIEW = leaf<{ sheet?: boolean }>({
  usage: 'review',
  summary: 'what every account holds, when it was last used, and when the next review is due',
  examples: ['accounts review', 'accounts review --sheet > review.json'],
  notes: 'Decide in the sheet about each account, keep or revoke, with a reason; then `accounts sign-off`.',
  options: [option('--sheet', 'as JSON to decide in')],
  async act(session, { sheet }) {
    const review = await (await session.api()).get<Review>('/v1/accounts/review');
    if (sheet === true) return write(session.io.stdout, `${JSON.stringify(sheetOf(review), null, 2)}\n`);
    if (session.json) return session.show(review, () => '');
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      { heading: 'ID' },
      heading('種別', 'Kind'),
      heading('呼び名', 'Label'),
      heading('最終利用', 'Last used'),
      heading('権限', 'Grants'),
      heading('トークン', 'Tokens'),
    ];
    const cells = (one: Account): unknown[] => [
      one.id,
      one.kind,
      one.label ?? one.subject,
      when(one.lastUsed),
      one.grants.map(grantText).join(', '),
      one.tokens.map((token) => `${token.id.slice(0, 8)} –${token.validUntil.slice(0, 10)}`).join(', '),
    ];
    await session.list(review.accounts, columns, cells, {
      ja: '利用者はいません。',
      en: 'There are no accounts.',
    });
    await session.note(dueText(session, review));
  },
});

function grantText({ role, validUntil, fields, ...scope }: Grant): string {
  const lists = [scope.programmes, scope.departments, scope.purposes, fields].flatMap((list) => list ?? []);
  const narrowed = lists.length === 0 ? '' : ` [${lists.join(' ')}]`;
  return `${role}${narrowed}${validUntil ? ` –${validUntil.slice(0, 10)}` : ''}`;
}

function dueText(session: Session, { last, dueAt, due }: Review): string {
  const before = last
    ? session.t(
        `前回の棚卸し: ${when(last.at)}（${last.actorName ?? last.actor}）。`,
        `Last reviewed ${when(last.at)} by ${last.actorName ?? last.actor}.`,
      )
    : session.t('棚卸しはまだ行われていません。', 'Never reviewed.');
  const next = due
    ? session.t('棚卸しの期限が来ています。', 'A review is due.')
    : session.t(`次回の期限: ${when(dueAt)}`, `The next is due ${when(dueAt)}.`);
  return `${before} ${next}`;
}

/** Every account kept until the reviewer says otherwise; each reason is theirs to write. */
function sheetOf({ standing, accounts }: Review): object {
  const decisions = accounts.map(({ id, label, subject, grants, lastUsed }) => ({
    accountId: id,
    name: label ?? subject,
    grants: grants.map(grantText),
    lastUsed: lastUsed ?? null,
    decision: 'keep',
    reason: '',
  }));
  return { standing, decisions };
}

/** `enishi accounts sign-off` */
export const SIGN_OFF = leaf<object>({
  usage: 'sign-off <sheet>',
  summary:
    'sign the review off: keeps or ends what each account holds, and notes it in the ledger (compliance)',
  examples: ['accounts sign-off review.json'],
  async act(session, _options, [file = '']) {
    const { standing, decisions } = await readJson(session.io, file);
    if (!Array.isArray(decisions)) {
      throw badInput(
        'sheet-not-valid',
        '棚卸しの表ではありません。',
        'This is not a sheet of `enishi accounts review --sheet`.',
      );
    }
    const told = (decisions as readonly Record<string, unknown>[]).map(({ accountId, decision, reason }) => ({
      accountId,
      decision,
      reason,
    }));
    const body = { standing, decisions: told };
    const signed = await (
      await session.api()
    ).command<{ reviewId: string; kept: number; revoked: number }>('POST', '/v1/accounts/review', body);
    const { kept, revoked } = signed;
    await showDone(
      session,
      signed,
      {
        ja: `棚卸しを承認しました: 継続 ${kept}、終了 ${revoked}`,
        en: `Signed off: ${kept} kept, ${revoked} revoked`,
      },
      signed.reviewId,
    );
  },
});
