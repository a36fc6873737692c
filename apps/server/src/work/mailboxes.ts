import { ROLES, type Role } from '@enishi/access/tables';
import type { Bilingual } from '@enishi/domain';
import type { Mailbox } from '@enishi/worker';

const NAMES: Readonly<Record<Role, Bilingual>> = {
  compliance: { ja: '個人情報保護 担当者', en: 'compliance' },
  hr: { ja: '人事 担当者', en: 'HR' },
  auditor: { ja: '監査 担当者', en: 'the auditors' },
  operator: { ja: 'システム運用 担当者', en: 'the operators' },
  'hiring-manager': { ja: '採用 担当者', en: 'the hiring managers' },
};
const ENTRY = /^([a-z-]+)=([^\s@<>,;="]+@[^\s@<>,;="]+\.[^\s@<>,;="]+)$/;

/**
 * The mailboxes of roles, as the setting names them; undefined where it is not valid.
 * @example readMailboxes('hr=jinji@example.jp,operator=it@example.jp')
 */
export function readMailboxes(text: string): ReadonlyMap<Role, Mailbox> | undefined {
  const found = new Map<Role, Mailbox>();
  for (const entry of text.split(',')) {
    const [, named, address] = ENTRY.exec(entry.trim()) ?? [];
    const role = ROLES.find((one) => one === named);
    if (role === undefined || address === undefined || found.has(role)) return undefined;
    found.set(role, { address, name: NAMES[role] });
  }
  return found;
}
