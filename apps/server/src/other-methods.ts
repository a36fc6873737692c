import type { INestApplicationContext } from '@nestjs/common';
import { routesOf } from '@enishi/access';
import { ProblemError } from './problem';

/** Refuses requests for an address that is there, by a method that is not. */
export class OtherMethods {
  private readonly routes: readonly { readonly method: string; readonly pattern: RegExp }[];

  /** @param app with its routes */
  constructor(app: INestApplicationContext) {
    this.routes = routesOf(app).map(({ method, path }) => ({
      method,
      pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`),
    }));
  }

  /** @returns 405 with the methods there are; nothing where no route has this address */
  refusal(url: string): ProblemError | undefined {
    const address = url.split('?')[0] ?? '';
    const methods = this.routes.filter(({ pattern }) => pattern.test(address)).map(({ method }) => method);
    if (methods.length === 0) return undefined;
    const allowed = new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods);
    const allow = [...allowed].sort().join(', ');
    return new ProblemError(405, 'method-not-allowed', 'This method is not allowed here', {}, { allow });
  }
}
