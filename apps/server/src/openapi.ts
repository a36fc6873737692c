import { INestApplication, Injectable, RequestMethod } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { CSRF_HEADER, routesOf, type DeclaredRoute, type RouteAccess } from '@enishi/access';
import { PROBLEM_RESPONSES, SHARED_COMPONENTS, COMMAND_HEADERS, POSITION_HEADER } from './openapi-parts';

type Json = Record<string, unknown>;

/** `@Commanding()` notes this header on the routes of commands on the ledger. */
const COMMAND_HEADER = 'If-Match';
const METHODS = Object.values(RequestMethod).filter((name) => typeof name === 'string');
/** Names of what is sent, not answered. */
const BODIES = /Dto$|^New(Account|Grant|Token)$/;
/** Queries that answer from a view, and so can wait for what the caller wrote. */
const FROM_A_VIEW =
  /^get \/v1\/(company$|purposes|programmes|requests$|roster|audit-trail|consent-history)|^get .*\/(history|why|consents)$|^post \/v1\/roster\/search$|^post .*\/events\/\{eventId\}\/reveal$/;

/** The OpenAPI document, once the application that it describes has its routes. */
@Injectable()
export class OpenApiDocument {
  private make: (() => OpenAPIObject) | undefined;
  private document: OpenAPIObject | undefined;

  /** @returns the document; the same one every time, made when it is first asked for: most processes never are */
  get(): OpenAPIObject {
    if (this.make === undefined)
      throw new Error('the OpenAPI document was asked for before there are routes');
    return (this.document ??= this.make());
  }

  describe(app: INestApplication, version: string): void {
    this.make = () => openApiOf(app, version);
  }
}

/** OpenAPI 3.1 of all routes: DTOs by the compiler's plugin, what all routes share by one hand. */
function openApiOf(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Enishi 縁')
    .setDescription('Event-sourced ledger of consents and the life of alumni data.')
    .setVersion(version)
    .setLicense('UNLICENSED', 'https://spdx.org/licenses/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A machine’s token: `enishi_…`' }, 'token')
    .addApiKey(
      {
        type: 'apiKey',
        in: 'cookie',
        name: 'enishi-session',
        description: 'A person’s session, from /auth/login',
      },
      'session',
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: CSRF_HEADER,
        description: 'Beside a session, for unsafe methods: `csrfToken` of /auth/me',
      },
      'csrf',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const declared = new Map(routesOf(app).map((route) => [keyOf(route), route]));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.map((name) => name.toLowerCase())) {
      const operation = (item as Json)[method] as Json | undefined;
      const key = `${method} ${path}`;
      if (operation) complete(operation, key, method, declared.get(key)?.access);
    }
  }
  // Members that a body's DTO does not know are refused.
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (BODIES.test(name)) Object.assign(schema, { additionalProperties: false });
  }
  document.components = { ...document.components, ...SHARED_COMPONENTS(document.components?.schemas) };
  return withTypeUnions(document) as OpenAPIObject;
}

function keyOf({ method, path }: DeclaredRoute): string {
  return `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`;
}

/** Adds who may call it, its headers, its success and its problems. */
function complete(operation: Json, key: string, method: string, access: RouteAccess | undefined): void {
  operation['security'] = securityOf(method, access);
  if (access?.kind === 'requires') operation['x-enishi-permissions'] = access.permissions;
  const parameters = (operation['parameters'] ?? []) as Json[];
  const command = parameters.some(({ name }) => name === COMMAND_HEADER);
  if (FROM_A_VIEW.test(key)) parameters.push(POSITION_HEADER);
  operation['parameters'] = parameters;
  const responses = operation['responses'] as Record<string, Json>;
  for (const [status, response] of Object.entries(responses)) {
    if (command && status.startsWith('2')) {
      Object.assign(response, COMMAND_HEADERS, {
        content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAnswer' } } },
      });
    }
    if (response['description'] === '') response['description'] = status === '202' ? 'Begun' : 'Done';
  }
  Object.assign(responses, access?.kind === 'public' ? {} : PROBLEM_RESPONSES);
}

function securityOf(method: string, access: RouteAccess | undefined): Json[] {
  if (access?.kind === 'public') return [];
  const session = method === 'get' ? { session: [] } : { session: [], csrf: [] };
  return [{ token: [] }, session];
}

/** `nullable` of OpenAPI 3.0 as the type unions of 3.1 (JSON Schema 2020-12). */
function withTypeUnions(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withTypeUnions);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withTypeUnions(value)]),
  );
  if (nullable !== true) return nullable === undefined || nullable === false ? rest : { ...rest, nullable };
  if ('allOf' in rest || '$ref' in rest) {
    const { description, ...schema } = rest;
    const { type: _, ...reference } = schema;
    return { ...(description !== undefined && { description }), anyOf: [reference, { type: 'null' }] };
  }
  return { ...rest, ...('type' in rest && { type: [rest['type'], 'null'] }) };
}
