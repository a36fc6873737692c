import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { api } from './support/api';
import { startServer, type TestServer } from './support/server';

jest.setTimeout(60_000);

const FILE = path.resolve(__dirname, '../docs/openapi.json');

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-enishi-permissions'?: readonly string[];
}
type Document = Record<string, unknown> & {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Record<string, unknown>>> };
};

describe('the OpenAPI document', () => {
  let server: TestServer;
  let served: Document;
  const operations = () => Object.values(served.paths).flatMap((item) => Object.values(item));

  beforeAll(async () => {
    server = await startServer();
    served = (await api(server, null).get<Document>('/v1/openapi.json')).body;
    if (process.env['ENISHI_WRITE_OPENAPI']) writeFileSync(FILE, JSON.stringify(served, null, 2));
  });
  afterAll(() => server?.stop());

  it('is served without sign-in and equals docs/openapi.json', () => {
    expect(existsSync(FILE)).toBe(true);
    expect(served).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
  });

  it('is valid OpenAPI 3.1', () => {
    const script = path.join(__dirname, 'openapi.mjs');
    const said = execFileSync(process.execPath, [script, '--validate'], { input: JSON.stringify(served) });
    expect(JSON.parse(said.toString())).toEqual({ valid: true, errors: [], version: '3.1' });
    expect(served.openapi).toBe('3.1.0');
  });

  it('says nothing in the manner of 3.0', () => {
    const text = JSON.stringify(served);
    expect(text).not.toContain('"nullable"');
    expect(served.components.schemas['CorrectAlumnusDto']).toMatchObject({
      properties: { email: { type: ['string', 'null'], format: 'email' } },
    });
  });

  it('names every operation, how to sign in, and where problems are', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(50);
    for (const operation of operations()) {
      if (operation.security!.length === 0) continue;
      expect(operation.responses).toMatchObject({
        '4XX': { $ref: '#/components/responses/ClientProblem' },
      });
    }
    const open = operations().filter(({ security }) => security!.length === 0);
    expect(open.map(({ operationId }) => operationId).sort()).toEqual([
      'Checkpoints.list',
      'Checkpoints.newest',
      'Health.health',
      'Health.ready',
      'OpenApi.show',
      'Privacy.page',
      'Privacy.version',
      'Privacy.versions',
      'RequestForm.show',
      'RequestForm.submit',
      'SigningKeys.changes',
      'SigningKeys.current',
      'SigningKeys.lines',
      'SigningKeys.list',
      'Tiles.full',
      'Tiles.fullOrPartial',
      'Tiles.partial',
      'Timestamps.answer',
      'Timestamps.stamped',
      'Verifier.page',
      'Verifier.program',
    ]);
  });

  it('tells bodies by their rules, and commands by their headers', () => {
    expect(served.components.schemas['GrantConsentDto']).toMatchObject({
      required: expect.arrayContaining([
        'channels',
        'captureChannel',
        'method',
        'party',
        'identityCheck',
        'language',
      ]),
      properties: {
        channels: {
          type: 'array',
          items: { type: 'string', enum: expect.arrayContaining(['email', 'line']) },
        },
        evidence: { type: 'string', maxLength: 4000, description: expect.stringContaining('sealed') },
      },
    });
    const grant = served.paths['/v1/alumni/{alumnusId}/consents/{purposeId}/grants']!['post']!;
    const headers = grant.parameters!.filter((one) => one.in === 'header').map(({ name }) => name);
    expect(headers).toEqual(['Idempotency-Key', 'If-Match']);
    expect(grant['x-enishi-permissions']).toEqual(['consents:write']);
    expect(grant.responses['201']).toMatchObject({ headers: { ETag: {}, 'Enishi-Position': {} } });
  });
});
