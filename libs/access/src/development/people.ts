import type { Pool } from 'pg';
import { Accounts, type GrantOrder } from '../accounts';
import type { Role } from '../permissions';

/** An invented person to sign in as. */
export interface DevelopmentPerson {
  readonly subject: string;
  readonly name: string;
  readonly nameLatin: string;
  readonly role: Role;
  readonly office: string;
  readonly officeEnglish: string;
  readonly may: string;
  readonly mayEnglish: string;
}

/** One for each role that works in the console. */
export const DEVELOPMENT_PEOPLE: readonly DevelopmentPerson[] = [
  {
    subject: 'dev-compliance',
    name: '藤原 綾',
    nameLatin: 'Fujiwara Aya',
    role: 'compliance',
    office: '法務',
    officeEnglish: 'Compliance',
    may: '利用目的・同意・証跡',
    mayEnglish: 'purposes, consents, audit trail',
  },
  {
    subject: 'dev-hr',
    name: '中島 亮',
    nameLatin: 'Nakajima Ryo',
    role: 'hr',
    office: '人事',
    officeEnglish: 'Human resources',
    may: '取り込み・名簿・同意の記録',
    mayEnglish: 'import, roster, recording consent',
  },
  {
    subject: 'dev-auditor',
    name: '岡本 恵',
    nameLatin: 'Okamoto Megumi',
    role: 'auditor',
    office: '監査',
    officeEnglish: 'Audit',
    may: '閲覧のみ・30日間',
    mayEnglish: 'reading only, for 30 days',
  },
  {
    subject: 'dev-operator',
    name: '小野 隼',
    nameLatin: 'Ono Hayato',
    role: 'operator',
    office: '運用',
    officeEnglish: 'Operations',
    may: 'システム・利用権限',
    mayEnglish: 'the system, access rights',
  },
];

/** Who ordered the grants of development. */
export const DEVELOPMENT_ACTOR = 'system:development';
const AUDITOR_DAYS = 30;

/** Accounts and grants of {@link DEVELOPMENT_PEOPLE}. Safe to repeat; an auditor's grant that ended is renewed. */
export async function seedDevelopmentPeople(pool: Pool, issuer: string): Promise<void> {
  const accounts = new Accounts(pool);
  // The issuer contains the port. On another port they are still the same people.
  await pool.query(
    `UPDATE access.accounts SET issuer = $1
     WHERE created_by = $2 AND kind = 'staff' AND subject = ANY ($3) AND issuer <> $1`,
    [issuer, DEVELOPMENT_ACTOR, DEVELOPMENT_PEOPLE.map((person) => person.subject)],
  );
  for (const person of DEVELOPMENT_PEOPLE) {
    const label = `${person.office} ${person.name}`;
    const account = await accounts.ensureStaff(issuer, person.subject, DEVELOPMENT_ACTOR, label);
    const held = await accounts.validGrantsOf(account.id);
    if (!held.some((grant) => grant.role === person.role)) {
      await accounts.grantRole(grantFor(person.role, account.id), DEVELOPMENT_ACTOR);
    }
  }
}

/** The grant development gives for a role: everywhere, and every field where the role may reveal at all. */
export function grantFor(role: Role, accountId: string): GrantOrder {
  return {
    accountId,
    role,
    ...((role === 'hr' || role === 'compliance') && {
      fields: ['contact', 'leaving-detail', 'employee-number'],
    }),
    ...(role === 'auditor' && { validUntil: new Date(Date.now() + AUDITOR_DAYS * 86_400_000) }),
  };
}
