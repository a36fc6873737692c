export { AccessModule } from './access.module';
export { type AccessConfig, type OidcSettings, type SessionTimes } from './config';
export { migrateAccess, type MigrateAccessOptions } from './migrate';
export { loadDevelopmentAccess } from './development';

export {
  AccessDenied,
  AccessOrderRefused,
  AccessProblem,
  type AccessDeniedCode,
  type AccessUnavailableCode,
} from './access-denied';
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
export { maskedEmail, maskedEmployeeNumber, maskedPhone, maskedText } from './masking';

export {
  CurrentPrincipal,
  OpensPersonalData,
  Public,
  Requires,
  SignedIn,
  type RouteAccess,
} from './decorators';
export { assertEveryRouteDeclares, routesOf, type DeclaredRoute } from './routes';
export { CSRF_HEADER } from './authentication';

export { AccessLog, type ReadEntry, type ReadsDigest } from './access-log';
export {
  AccessLogReader,
  type AccessLogEntry,
  type AccessLogPlace,
  type AccessLogQuestion,
} from './access-log-reader';
export { readsOf } from './reads';

export { IDEMPOTENCY_KEY, OncePerKey, ORDERS, type Orders } from './orders';
export { Accounts, type Account, type AccountWithGrants, type GrantOrder } from './accounts';
export { Reviews, type ReviewStanding, type SignedReview } from './reviews';
export { Tokens, type TokenRecord } from './tokens';
