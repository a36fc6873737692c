import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Body,
  Controller,
  Get,
  Post,
  Req,
  ValidationPipe,
  type LoggerService,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';
import {
  AccessModule,
  CurrentPrincipal,
  loadDevelopmentAccess,
  migrateAccess,
  OpensPersonalData,
  Public,
  readsOf,
  Requires,
  type AccessConfig,
  type Principal,
} from '@enishi/access';
import { testCluster, type TestDatabase } from '../support/postgres';

/** A roster of one person, and a thing to change. */
@Controller('v1/alumni')
export class RosterController {
  @Get(':id')
  @Requires('alumni:read')
  @OpensPersonalData('alumni-roster')
  one(@Req() request: object, @CurrentPrincipal() who: Principal) {
    readsOf(request).fields('name').add('person-1', 'person-1', 'person-2');
    return { name: '山田 花子', scopes: who.scopes };
  }

  @Post('search')
  @Requires('alumni:read')
  @OpensPersonalData('alumni-roster')
  search(@Req() request: object, @Body() body: { forget?: boolean }) {
    if (!body.forget) readsOf(request).add();
    return [];
  }

  @Post()
  @Requires('imports:write')
  create() {
    return { ok: true };
  }
}

@Controller()
export class HealthController {
  @Get('health')
  @Public('load balancers ask')
  health() {
    return { ok: true };
  }
}

/** A server with the access room and the two controllers above, on a port of its own. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly config: AccessConfig;
  /** Serving role. */
  readonly pool: Pool;
  /** Owner: sets up what the serving role could not. */
  readonly owner: Pool;
  readonly home: string;
  /** Everything logged, as text. */
  readonly logs: string[];
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly oidc?: Partial<AccessConfig['oidc']>;
  readonly mode?: AccessConfig['mode'];
  readonly controllers?: readonly Type[];
  /** By which grants end. */
  readonly clock?: { now(): string };
}

export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const cluster = await testCluster();
  const database: TestDatabase = await cluster.createDatabase('access');
  await migrateAccess(database.ownerUrl, { servingRole: 'enishi_app' });
  const pool = new Pool({ connectionString: database.url, max: 5 });
  const owner = new Pool({ connectionString: database.ownerUrl, max: 2 });
  for (const each of [pool, owner]) each.on('error', () => undefined);
  const home = await mkdtemp(join(tmpdir(), 'enishi-access-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const config: AccessConfig = {
    mode: options.mode ?? 'development',
    publicUrl: url,
    home,
    oidc: { issuer: `${url}/dev-idp`, clientId: 'enishi', scopes: ['openid', 'profile'], ...options.oidc },
  };
  const logs: string[] = [];

  class Root {}
  const module = {
    module: Root,
    imports: [AccessModule.register(config, pool, undefined, options.clock)],
    controllers: [...(options.controllers ?? [RosterController, HealthController])],
  };
  const stop = async () => {
    await pool.end();
    await owner.end();
    await database.drop();
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: capturing(logs),
    abortOnError: false,
  });
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  try {
    if (config.mode === 'development' && config.oidc.issuer.endsWith('/dev-idp')) {
      await loadDevelopmentAccess(config).mountDevelopmentIdentityProvider(app, config, pool);
    }
    await app.listen(Number(new URL(url).port), '127.0.0.1');
  } catch (error) {
    await app.close();
    await stop();
    throw error;
  }
  return {
    app,
    url,
    config,
    pool,
    owner,
    home,
    logs,
    async close() {
      await app.close();
      await stop();
    },
  };
}

function capturing(logs: string[]): LoggerService {
  const keep = (...values: unknown[]) =>
    void logs.push(values.map((value) => JSON.stringify(value)).join(' '));
  return { log: keep, warn: keep, error: keep, debug: keep, verbose: keep, fatal: keep };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
