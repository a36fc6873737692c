import { permissionsOf, type Permission, type RevealableField, type Role } from './permissions';

/** Where one grant applies. An absent list means "all". Several conditions hold together. */
export interface Scope {
  readonly programmes?: readonly string[];
  readonly departments?: readonly string[];
  /** Only for hiring managers: exactly one. */
  readonly purposes?: readonly string[];
  /** Fields that may be revealed within this scope. */
  readonly fields: readonly RevealableField[];
}

/** A grant that is valid now. */
export interface ValidGrant extends Scope {
  readonly id: string;
  readonly role: Role;
  readonly validUntil?: Date;
}

/** Who acts, as event metadata and the access log name it: an opaque id with its kind, never a name. */
export type PrincipalActor = `staff:${string}` | `token:${string}`;

/** Who makes a request, and what they may do. */
export interface Principal {
  readonly accountId: string;
  readonly actor: PrincipalActor;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly grants: readonly ValidGrant[];
  /**
   * Where the route's permission applies: **any one** of these must fit, each as a whole. Grants are never
   * merged: HR of programme A plus auditor of department B is not HR of department B.
   */
  readonly scopes: readonly Scope[];
  /** Fields that may be revealed wherever the route's permission applies; per person ask {@link fieldsFor}. */
  readonly fields: readonly RevealableField[];
  readonly sessionKind: 'cookie' | 'bearer' | 'token';
}

/** What a scope is asked about: the facts of one person or thing. */
export interface ScopeFacts {
  readonly programmeId?: string;
  readonly department?: string;
  readonly purposeId?: string;
}

/** Builds a principal from its grants; `scopes` cover every grant until {@link narrowed} to a permission. */
export function principal(
  who: Pick<Principal, 'accountId' | 'actor' | 'sessionKind'>,
  grants: readonly ValidGrant[],
): Principal {
  return {
    accountId: who.accountId,
    actor: who.actor,
    sessionKind: who.sessionKind,
    roles: [...new Set(grants.map((grant) => grant.role))],
    permissions: new Set(grants.flatMap((grant) => permissionsOf(grant.role))),
    grants,
    scopes: grants.map(scopeOf),
    fields: sharedFields(grants),
  };
}

/** The same principal without the grants that have ended by this instant; `scopes` cover what is left. */
export function inForce(whole: Principal, now: Date): Principal {
  const left = whole.grants.filter(({ validUntil }) => validUntil === undefined || validUntil > now);
  return left.length === whole.grants.length ? whole : principal(whole, left);
}

/** The same principal with `scopes` and `fields` of those grants only that carry all the permissions. */
export function narrowed(whole: Principal, permissions: readonly Permission[]): Principal {
  const carrying = whole.grants.filter((grant) =>
    permissions.every((permission) => permissionsOf(grant.role).includes(permission)),
  );
  return { ...whole, scopes: carrying.map(scopeOf), fields: sharedFields(carrying) };
}

/** Whether any scope of the principal covers these facts. A fact that is not given fits unrestricted scopes only. */
export function inScope(of: Pick<Principal, 'scopes'>, facts: ScopeFacts): boolean {
  return of.scopes.some((scope) => covers(scope, facts));
}

/** The fields the principal may reveal of a person with these facts. */
export function fieldsFor(of: Pick<Principal, 'scopes'>, facts: ScopeFacts): readonly RevealableField[] {
  return [...new Set(of.scopes.filter((scope) => covers(scope, facts)).flatMap((scope) => scope.fields))];
}

function covers(scope: Scope, facts: ScopeFacts): boolean {
  return (
    among(scope.programmes, facts.programmeId) &&
    among(scope.departments, facts.department) &&
    among(scope.purposes, facts.purposeId)
  );
}

function among(allowed: readonly string[] | undefined, value: string | undefined): boolean {
  return allowed === undefined || (value !== undefined && allowed.includes(value));
}

function scopeOf(grant: ValidGrant): Scope {
  return {
    ...(grant.programmes && { programmes: grant.programmes }),
    ...(grant.departments && { departments: grant.departments }),
    ...(grant.purposes && { purposes: grant.purposes }),
    fields: grant.fields,
  };
}

function sharedFields(grants: readonly ValidGrant[]): readonly RevealableField[] {
  const [first, ...rest] = grants;
  return (first?.fields ?? []).filter((field) => rest.every((grant) => grant.fields.includes(field)));
}
