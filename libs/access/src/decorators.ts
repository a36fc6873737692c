import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from './http';
import type { Permission } from './permissions';
import type { Principal } from './principal';

/** What a route declares about who may call it. */
export type RouteAccess =
  | { readonly kind: 'requires'; readonly permissions: readonly Permission[] }
  | { readonly kind: 'signed-in'; readonly why: string }
  | { readonly kind: 'public'; readonly why: string };

/** Metadata key of {@link RouteAccess}. */
export const ROUTE_ACCESS = Symbol('enishi route access');
/** Metadata key of the view whose personal data a route opens. */
export const OPENS_PERSONAL_DATA = Symbol('enishi opens personal data');

/**
 * The caller needs every permission named, within one grant. On a route or on a controller (the route's own
 * declaration wins).
 *
 * @example
 * @Requires('alumni:read')
 * @Get()
 * list(@CurrentPrincipal() who: Principal) { … }
 */
export function Requires(first: Permission, ...more: Permission[]): MethodDecorator & ClassDecorator {
  return SetMetadata(ROUTE_ACCESS, {
    kind: 'requires',
    permissions: [first, ...more],
  } satisfies RouteAccess);
}

/** Anybody may call it. @param why said aloud, so that a reviewer can disagree */
export function Public(why: string): MethodDecorator & ClassDecorator {
  return SetMetadata(ROUTE_ACCESS, { kind: 'public', why } satisfies RouteAccess);
}

/** Anybody with a valid grant may call it, whatever the grant. @param why it needs no permission */
export function SignedIn(why: string): MethodDecorator & ClassDecorator {
  return SetMetadata(ROUTE_ACCESS, { kind: 'signed-in', why } satisfies RouteAccess);
}

/**
 * The route's answer carries opened personal data of people: it leaves only after an access-log entry is
 * committed. The handler tells whose by `readsOf(request)`.
 *
 * @param view what is opened, a stable kebab-case name (`alumni-roster`)
 */
export function OpensPersonalData(view: string): MethodDecorator {
  return SetMetadata(OPENS_PERSONAL_DATA, view);
}

/** The principal the guard put on the request; only on routes that are not public. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const found = context.switchToHttp().getRequest<HttpRequest>().enishiPrincipal;
  if (found === undefined) throw new Error('@CurrentPrincipal() on a route that does not require sign-in');
  return found;
});
