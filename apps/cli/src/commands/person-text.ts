import { facts } from '../output/table';
import type { Session } from '../session';

interface Parts {
  readonly family?: string;
  readonly given?: string;
}

/** A person as the server answers, contact values masked. */
export interface Person {
  readonly alumnusId: string;
  readonly name?: unknown;
  readonly kana?: unknown;
  readonly formerNames?: readonly string[];
  readonly birthDate?: string | null;
  readonly employeeNumber?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly postalAddress?: string | null;
  readonly lineId?: string | null;
  readonly employments?: readonly (Readonly<Record<string, string>> | null)[];
  readonly state?: { readonly died?: unknown; readonly returned?: unknown; readonly erased?: unknown };
  readonly revision: number;
}

/** A name or reading: family name, then given name. */
export function nameText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { family, given } = (value ?? {}) as Parts;
  return [family, given].filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}

/** A person for people: facts, then employments. */
export function personText(session: Session, person: Person): string {
  const { t } = { t: session.t.bind(session) };
  const states = [
    person.state?.died === true ? t('逝去', 'died') : '',
    person.state?.returned === true ? t('再入社', 'returned') : '',
    isErased(person.state?.erased) ? t('消去済', 'erased') : '',
  ].filter((state) => state !== '');
  const head = facts([
    ['ID', person.alumnusId],
    [t('氏名', 'Name'), nameText(person.name)],
    [t('カナ', 'Reading'), nameText(person.kana)],
    [t('旧姓など', 'Former names'), (person.formerNames ?? []).join(', ')],
    [t('生年月日', 'Born'), person.birthDate],
    [t('社員番号', 'Employee number'), person.employeeNumber],
    [t('メール', 'Mail'), person.email],
    [t('電話', 'Phone'), person.phone],
    [t('住所', 'Address'), person.postalAddress],
    ['LINE', person.lineId],
    [t('状態', 'State'), states.join(', ')],
    [t('改訂', 'Revision'), String(person.revision)],
  ]);
  const employments = (person.employments ?? []).filter((one) => one !== null);
  const lines = employments.map(({ joinedOn, leftOn, department, job, leavingKind }) => {
    const what = [department, job, leavingKind].filter((part) => part !== undefined && part !== '');
    return `  ${joinedOn ?? '?'} – ${leftOn ?? '?'}  ${what.join('  ')}\n`;
  });
  return `${head}${lines.length === 0 ? '' : `${t('在籍', 'Employments')}\n`}${lines.join('')}`;
}

function isErased(erased: unknown): boolean {
  return Array.isArray(erased) ? erased.length > 0 : erased === true;
}
