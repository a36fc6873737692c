import type { Api } from '../../support/api';

/** One route, as the OpenAPI document tells it. */
export interface Route {
  readonly method: string;
  /** With `{names}` of its parameters. */
  readonly path: string;
  readonly id: string;
  readonly open: boolean;
  readonly permissions: readonly string[] | undefined;
  readonly parameters: readonly string[];
  readonly queries: readonly string[];
  readonly headers: readonly string[];
  readonly takes: 'json' | 'bytes' | 'nothing';
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly 'x-enishi-permissions'?: readonly string[];
}

/** Every route that the server describes. */
export async function routesOf(to: Api): Promise<readonly Route[]> {
  const { body } = await to.get<{ paths: Record<string, Record<string, Operation>> }>('/v1/openapi.json');
  return Object.entries(body.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Route => {
      const named = (where: string) =>
        (operation.parameters ?? []).filter((one) => one.in === where).map(({ name }) => name);
      const content = operation.requestBody?.content;
      return {
        method: method.toUpperCase(),
        path,
        id: operation.operationId,
        open: operation.security.length === 0,
        permissions: operation['x-enishi-permissions'],
        parameters: named('path'),
        queries: named('query'),
        headers: named('header'),
        takes: content === undefined ? 'nothing' : 'application/octet-stream' in content ? 'bytes' : 'json',
      };
    }),
  );
}

/** The route's path with every parameter replaced. */
export function filled({ path }: Route, value: (name: string) => string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => value(name));
}
