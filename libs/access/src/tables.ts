// Roles, and what works on the room's tables, without a server around it: a door of its own, for workers and the command line, which
// answer no request. Everything here is behind the room's first door too.
export { AccessLog, type ReadEntry, type ReadsDigest } from './access-log';
export {
  AccessLogReader,
  type AccessLogEntry,
  type AccessLogPlace,
  type AccessLogQuestion,
} from './access-log-reader';
export { Accounts, type Account, type AccountWithGrants, type GrantOrder } from './accounts';
export { ROLES, ROLE_PERMISSIONS, type Permission, type RevealableField, type Role } from './permissions';
export {
  fieldsFor,
  inScope,
  type Principal,
  type PrincipalActor,
  type Scope,
  type ScopeFacts,
  type ValidGrant,
} from './principal';
export { Reviews, type ReviewStanding, type SignedReview } from './reviews';
export { Tokens, type TokenRecord } from './tokens';
