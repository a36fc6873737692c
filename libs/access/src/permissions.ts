/** Everything a route can require. Closed: an unknown permission does not compile. */
export const PERMISSIONS = [
  /** company, purposes, programmes: what the company states about itself */
  'catalogue:read',
  'company:write',
  /** reviews of the handling rules, the readiness checklist */
  'governance:read',
  /** publish the public page, adopt the handling rules, record their reviews */
  'governance:write',
  'purposes:write',
  'programmes:write',
  /** set a number of law or policy for the company, within what the law allows */
  'law:write',
  'alumni:read',
  'alumni:write',
  /** unmask a field of one person, with a reason; which fields is the grant's */
  'alumni:reveal',
  /** consented people of one purpose only */
  'candidates:read',
  'imports:read',
  'imports:write',
  /** take back what an import brought */
  'imports:undo',
  /** take consents with incomplete evidence for consents */
  'imports:approve',
  /** records that look as if they were about the same person, side by side */
  'duplicates:read',
  /** link, unlink, dismiss them */
  'duplicates:link',
  'consents:read',
  'consents:write',
  /** data stores of the company, and what of a person is held elsewhere */
  'inventory:read',
  'inventory:write',
  /** what must stay until when, and what falls due */
  'retention:read',
  /** keep erasure from a person's data, and let it go on */
  'holds:write',
  'audit:read',
  /** letters to people, with their texts */
  'letters:read',
  /** have one written, and note that it was posted or came back */
  'letters:write',
  /** ask for files with personal data, hand them over, download them */
  'exports:request',
  /** let such a file be made, or not; never one's own */
  'exports:approve',
  /** plans of erasure, how far they are, and certificates */
  'erasure:read',
  /** propose who is to be erased */
  'erasure:plan',
  /** let a plan be carried out, or not; above a size never one's own */
  'erasure:approve',
  /** what people ask the company for, and how far it is */
  'requests:read',
  /** take requests in, check who asks, work on them, answer them */
  'requests:write',
  /** decide on them */
  'requests:decide',
  /** what is kept sealed with one event about a person, and files kept as evidence, with a reason */
  'evidence:read',
  /** processors and third parties: who else gets the data */
  'recipients:read',
  'recipients:write',
  /** records of data that was given to them, or came from them */
  'provisions:read',
  'provisions:write',
  'operate:read',
  'operate:write',
  'accounts:read',
  'accounts:write',
  /** sign the review of all accounts off, which may end what others hold */
  'accounts:review',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Masked fields a grant may let its holder reveal. */
export const REVEALABLE_FIELDS = ['contact', 'leaving-detail', 'employee-number'] as const;
export type RevealableField = (typeof REVEALABLE_FIELDS)[number];

export const ROLES = ['compliance', 'hr', 'auditor', 'operator', 'hiring-manager'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do, before its grant narrows it to programmes, departments and fields. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  compliance: [
    'catalogue:read',
    'company:write',
    'governance:read',
    'governance:write',
    'purposes:write',
    'programmes:write',
    'law:write',
    'alumni:read',
    'alumni:write',
    'alumni:reveal',
    'imports:read',
    'imports:undo',
    'imports:approve',
    'duplicates:read',
    'duplicates:link',
    'consents:read',
    'consents:write',
    'letters:read',
    'letters:write',
    'inventory:read',
    'inventory:write',
    'retention:read',
    'holds:write',
    'audit:read',
    'exports:request',
    'exports:approve',
    'erasure:read',
    'erasure:plan',
    'erasure:approve',
    'requests:read',
    'requests:write',
    'requests:decide',
    'evidence:read',
    'recipients:read',
    'recipients:write',
    'provisions:read',
    'provisions:write',
    'accounts:read',
    'accounts:review',
  ],
  hr: [
    'catalogue:read',
    'programmes:write',
    'alumni:read',
    'alumni:write',
    'alumni:reveal',
    'imports:read',
    'imports:write',
    'imports:undo',
    'duplicates:read',
    'duplicates:link',
    'consents:read',
    'consents:write',
    'letters:read',
    'letters:write',
    'recipients:read',
    'provisions:read',
    'provisions:write',
    'erasure:read',
    'erasure:plan',
    'requests:read',
    'requests:write',
    'inventory:read',
    'inventory:write',
    'retention:read',
  ],
  // Reads only, and nothing unmasked but what compliance approves; of what is sealed, what shows an answer or an order.
  auditor: [
    'catalogue:read',
    'governance:read',
    'alumni:read',
    'duplicates:read',
    'consents:read',
    'inventory:read',
    'retention:read',
    'audit:read',
    'exports:request',
    'erasure:read',
    'requests:read',
    'evidence:read',
    'recipients:read',
    'provisions:read',
    'operate:read',
    'accounts:read',
  ],
  // Runs the machine and the accounts; sees no person.
  operator: ['catalogue:read', 'operate:read', 'operate:write', 'accounts:read', 'accounts:write'],
  'hiring-manager': ['catalogue:read', 'candidates:read'],
};

/** The permissions of a role as stored; none for a name this version does not know. */
export function permissionsOf(role: string): readonly Permission[] {
  return ROLE_PERMISSIONS[role as Role] ?? [];
}
