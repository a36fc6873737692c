export * from './tables';
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

export { readsOf } from './reads';

export { IDEMPOTENCY_KEY, OncePerKey, ORDERS, type Orders } from './orders';
