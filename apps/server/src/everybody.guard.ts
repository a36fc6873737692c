import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '@enishi/access';
import { ProblemError } from './problem';

/** Whether the caller's grant is not narrowed to some departments, programmes or purposes. */
export function coversEverybody({ scopes }: Pick<Principal, 'scopes'>): boolean {
  return scopes.some(
    ({ departments, programmes, purposes }) => (departments ?? programmes ?? purposes) === undefined,
  );
}

/** For routes whose subject may be anybody, such as a file: a grant for some people does not cover them. */
@Injectable()
export class EverybodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { enishiPrincipal } = context.switchToHttp().getRequest<{ enishiPrincipal?: Principal }>();
    // Who is nobody has been answered by the access guard, which runs before.
    if (enishiPrincipal === undefined || coversEverybody(enishiPrincipal)) return true;
    throw new ProblemError(403, 'scope-missing', 'Your grant covers some people only');
  }
}
