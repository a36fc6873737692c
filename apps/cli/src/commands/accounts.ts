import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { programmeIdOf, purposeIdOf } from '../names';
import { choice, choices, option, required, time, words } from '../options';
import { when } from '../output/when';
import { REVIEW, SIGN_OFF } from './accounts-review';
import { showDone } from './answer';

const ROLES = ['compliance', 'hr', 'auditor', 'operator', 'hiring-manager'];
const FIELDS = ['contact', 'leaving-detail', 'employee-number'];

interface Account {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly label?: string;
  readonly lastUsed?: string;
  readonly grants: readonly { readonly id: string; readonly role: string; readonly validUntil?: string }[];
}

const list = leaf<object>({
  usage: 'list',
  summary: 'every account with the grants valid now',
  examples: ['accounts', 'accounts list --json'],
  isDefault: true,
  async act(session) {
    const rows = await (await session.api()).get<Account[]>('/v1/accounts');
    const columns = [
      { heading: 'ID' },
      { heading: session.t('種別', 'Kind') },
      { heading: session.t('呼び名', 'Label') },
      { heading: session.t('最終利用', 'Last used') },
      { heading: session.t('権限', 'Grants') },
    ];
    const grants = ({ grants: held }: Account): string =>
      held
        .map(
          ({ role, validUntil, id }) => `${role}${validUntil ? ` –${validUntil.slice(0, 10)}` : ''} (${id})`,
        )
        .join(', ');
    const cells = (row: Account): unknown[] => [
      row.id,
      row.kind,
      row.label ?? row.subject,
      when(row.lastUsed),
      grants(row),
    ];
    await session.list(rows, columns, cells, { ja: '利用者はいません。', en: 'There are no accounts.' });
  },
});

const create = leaf<{ machine?: string; subject?: string; label?: string }>({
  usage: 'create',
  summary: 'add a person by what the identity provider calls them, or a machine by its label',
  examples: [
    'accounts create --machine "HR system export"',
    'accounts create --subject 248289761001 --label "Audit 2026"',
  ],
  options: [
    option('--machine <label>', 'a machine').conflicts('subject'),
    option('--subject <sub>', 'a person: `sub` at the identity provider'),
    option('--label <text>', 'what operators call the person'),
  ],
  async act(session, { machine, subject, label }) {
    const body =
      machine === undefined ? { kind: 'staff', subject, label } : { kind: 'machine', label: machine };
    const made = await (await session.api()).command<{ id: string }>('POST', '/v1/accounts', present(body));
    await showDone(session, made, { ja: '利用者を作りました', en: 'Account made' }, made.id);
  },
});

interface GrantOptions {
  readonly role: string;
  readonly programme?: readonly string[];
  readonly department?: readonly string[];
  readonly purpose?: readonly string[];
  readonly field?: readonly string[];
  readonly until?: string;
}

const grant = leaf<GrantOptions>({
  usage: 'grant <account>',
  summary: 'give a role within a scope; no list means all',
  examples: [
    'accounts grant 5d0c…(id) --role hr --department 営業部 --field contact',
    'accounts grant 5d0c…(id) --role auditor --until 2027-03-31T00:00:00Z',
  ],
  options: [
    required(choice('--role <role>', 'role', ROLES)),
    words('--programme <programmes>', 'only these programmes'),
    words('--department <names>', 'only these departments'),
    words('--purpose <purposes>', 'only these purposes (hiring managers: exactly one)'),
    choices('--field <fields>', 'masked fields they may reveal', FIELDS),
    time('--until <time>', 'ends then (auditors: required)'),
  ],
  async act(session, { role, programme, department, purpose, field, until }, [account = '']) {
    const api = await session.api();
    const programmes = programme && (await Promise.all(programme.map((name) => programmeIdOf(api, name))));
    const purposes = purpose && (await Promise.all(purpose.map((name) => purposeIdOf(api, name))));
    const body = present({
      role,
      programmes,
      departments: department,
      purposes,
      fields: field,
      validUntil: until,
    });
    const path = `/v1/accounts/${encodeURIComponent(account)}/grants`;
    const made = await api.command<{ id: string }>('POST', path, body);
    await showDone(session, made, { ja: '権限を付与しました', en: 'Role granted' }, made.id);
  },
});

const revoke = leaf<object>({
  usage: 'revoke <grant>',
  summary: 'end a grant at once',
  examples: ['accounts revoke 8be1…(id)'],
  async act(session, _options, [id = '']) {
    await (await session.api()).command('DELETE', `/v1/accounts/grants/${encodeURIComponent(id)}`);
    await showDone(session, { outcome: 'done' }, { ja: '権限を終えました', en: 'Grant ended' });
  },
});

/** `enishi accounts …` */
export const ACCOUNTS: Group = {
  name: 'accounts',
  summary: 'who may sign in, and what they may do',
  leaves: [list, create, grant, revoke, REVIEW, SIGN_OFF],
};
