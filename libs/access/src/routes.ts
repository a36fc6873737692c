import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { OPENS_PERSONAL_DATA, ROUTE_ACCESS, type RouteAccess } from './decorators';

/** One route as its controller declares it. */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  /** `Controller.method`, for messages. */
  readonly handler: string;
  readonly access: RouteAccess | undefined;
  /** The view named by `@OpensPersonalData`. */
  readonly opens: string | undefined;
}

/** Every route of every controller: what a test walks by role, and what start-up checks. */
export function routesOf(app: INestApplicationContext): readonly DeclaredRoute[] {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  return declaredRoutes(get(DiscoveryService), get(MetadataScanner), get(Reflector));
}

/** @see routesOf */
export function declaredRoutes(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
  reflector: Reflector,
): readonly DeclaredRoute[] {
  return discovery.getControllers().flatMap(({ metatype, name }) => {
    if (!metatype) return [];
    const prototype = metatype.prototype as Record<string, () => unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method]!;
      const path = reflector.get<string | string[] | undefined>(PATH_METADATA, handler);
      if (path === undefined) return [];
      const base = reflector.get<string | string[] | undefined>(PATH_METADATA, metatype);
      return [
        {
          method: RequestMethod[reflector.get<RequestMethod>(METHOD_METADATA, handler)]!,
          path: joined(base, path),
          handler: `${name}.${method}`,
          access: reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [handler, metatype]),
          opens: reflector.get<string | undefined>(OPENS_PERSONAL_DATA, handler),
        },
      ];
    });
  });
}

/**
 * Deny by default, at start-up: an undeclared route is a mistake to be found before the first request.
 * `AccessModule` calls it by itself when the application starts.
 *
 * @throws Error naming every route that declares neither `@Requires`, `@SignedIn` nor `@Public`, and every
 *   public one that opens personal data
 */
export function assertEveryRouteDeclares(app: INestApplicationContext): void {
  assertDeclared(routesOf(app));
}

/** @see assertEveryRouteDeclares */
export function assertDeclared(routes: readonly DeclaredRoute[]): void {
  const wrong = routes.filter(
    ({ access, opens }) => access === undefined || (access.kind === 'public' && opens !== undefined),
  );
  if (wrong.length === 0) return;
  const list = wrong.map(({ method, path, handler }) => `  ${method} ${path} (${handler})`).join('\n');
  throw new Error(
    `routes without @Requires, @SignedIn or @Public, or public ones that open personal data:\n${list}`,
  );
}

function joined(base: string | string[] | undefined, path: string | string[]): string {
  const parts = [base ?? '', path].map((part) => [part].flat()[0]!.replace(/^\/+|\/+$/g, ''));
  return `/${parts.filter((part) => part !== '').join('/')}`;
}
