import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessDenied } from './access-denied';
import { Authentication } from './authentication';
import { ACCESS_CLOCK, type Clock } from './config';
import { ROUTE_ACCESS, type RouteAccess } from './decorators';
import type { HttpRequest } from './http';
import { inForce, narrowed } from './principal';

/** Lets a request through by what its route declares; a route that declares nothing lets nobody through. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    @Inject(ACCESS_CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AccessDenied, AccessUnavailable: see {@link Authentication.authenticate}; 403 `permission-missing` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    // The database has left out what ended by its clock; where the clocks differ, the earlier end counts.
    const who = inForce(await this.authentication.authenticate(request), new Date(this.clock.now()));
    // Start-up has refused such a route already; this is for one added while running.
    if (access === undefined) throw new AccessDenied(403, 'permission-missing');
    if (access.kind === 'signed-in') {
      if (who.grants.length === 0) throw new AccessDenied(403, 'permission-missing');
      request.enishiPrincipal = who;
      return true;
    }
    const narrow = narrowed(who, access.permissions);
    if (narrow.scopes.length === 0) throw new AccessDenied(403, 'permission-missing');
    request.enishiPrincipal = narrow;
    return true;
  }
}
