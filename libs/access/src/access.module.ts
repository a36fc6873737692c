import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import {
  APP_GUARD,
  APP_INTERCEPTOR,
  DiscoveryModule,
  DiscoveryService,
  MetadataScanner,
  Reflector,
} from '@nestjs/core';
import type { Pool } from 'pg';
import { AccessGuard } from './access.guard';
import { AccessLog } from './access-log';
import { AccessLogReader } from './access-log-reader';
import { AccessLogInterceptor } from './access-log.interceptor';
import { Accounts } from './accounts';
import { AccountsController } from './accounts.controller';
import { AuthController } from './auth.controller';
import { Authentication } from './authentication';
import { BearerTokens } from './bearer';
import {
  ACCESS_CLOCK,
  ACCESS_CONFIG,
  ACCESS_POOL,
  isLoopback,
  type AccessConfig,
  type Clock,
} from './config';
import { Cookies } from './cookies';
import { Failures } from './failures';
import { OidcIssuer } from './oidc-issuer';
import { Reviews } from './reviews';
import { AT_ONCE, ORDERS, type Orders } from './orders';
import { assertDeclared, declaredRoutes } from './routes';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';
import { Tokens } from './tokens';
import { TokensController } from './tokens.controller';
import { AccessUpkeep } from './upkeep';

/** Guard and access log for every route of the application, sign-in, accounts and tokens. */
@Module({})
export class AccessModule implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /**
   * @param config plain settings; nothing is read from the environment
   * @param pool the serving role's pool; `migrateAccess` has run. The caller ends it, after the application.
   * @param orders what carries out orders under an Idempotency-Key; at hand wherever `ORDERS` is injected
   * @param clock by which grants end; the machine's where absent
   * @throws Error for settings that would not be safe to serve
   */
  static register(
    config: AccessConfig,
    pool: Pool,
    orders: Orders = AT_ONCE,
    clock: Clock = { now: () => new Date().toISOString() },
  ): DynamicModule {
    assertSafe(config);
    return {
      module: AccessModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [AuthController, AccountsController, TokensController],
      providers: [
        { provide: ACCESS_CONFIG, useValue: config },
        { provide: ACCESS_POOL, useValue: pool },
        { provide: ACCESS_CLOCK, useValue: clock },
        { provide: ORDERS, useValue: orders },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AccessLogInterceptor },
        AccessLog,
        AccessLogReader,
        AccessUpkeep,
        Accounts,
        Authentication,
        BearerTokens,
        Cookies,
        Failures,
        OidcIssuer,
        Reviews,
        Sessions,
        SignIn,
        Tokens,
      ],
      exports: [AccessLog, AccessLogReader, Accounts, ORDERS, Reviews, Tokens, Sessions],
    };
  }

  /** @throws Error when a route declares nothing: the server does not start */
  onModuleInit(): void {
    assertDeclared(declaredRoutes(this.discovery, this.scanner, this.reflector));
  }
}

function assertSafe({ mode, publicUrl, oidc }: AccessConfig): void {
  if (new URL(publicUrl).pathname !== '/') throw new Error('the public URL has no path');
  if (!oidc.scopes.includes('openid')) throw new Error('the OIDC scopes must include openid');
  if (mode !== 'production') return;
  for (const [name, url] of [
    ['public URL', publicUrl],
    ['OIDC issuer', oidc.issuer],
  ] as const) {
    if (new URL(url).protocol !== 'https:' && !isLoopback(url)) {
      throw new Error(`in production the ${name} must be https`);
    }
  }
}
