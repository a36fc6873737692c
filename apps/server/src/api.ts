import path from 'node:path';
import { existsSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import { randomUUID } from 'node:crypto';
import type { Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadDevelopmentAccess } from '@enishi/access';
import { accessConfigOf } from './access-config';
import { ApiModule } from './api.module';
import type { Infrastructure } from './infrastructure';
import { correlated } from './logger';
import { mountCatcherPage } from './mail/catcher';
import { mailOf } from './mail/mail';
import { NestLogger } from './nest-logger';
import { OpenApiDocument } from './openapi';
import { OtherMethods } from './other-methods';
import { ProblemFilter, problemOf, sendProblem } from './problem.filter';
import { bytesOf, checkReadable } from './readable-body';
import { endRequest, requestSpan, within } from './tracing/spans';
import { validation } from './validation';
import { VERSION } from './version';

const BODY_LIMIT = 1024 * 1024;
const CONSOLE = path.resolve(__dirname, '../../../console');

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Builds the HTTP application; the caller listens and closes. */
export async function createApi(infrastructure: Infrastructure): Promise<NestFastifyApplication> {
  const { config, logger, pool } = infrastructure;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // Who is still heard while the server closes is answered, not turned away.
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    trustProxy: config.ENISHI_TRUSTED_PROXIES?.split(',').map((one) => one.trim()) ?? false,
    // An address that cannot be decoded never reaches a route, nor the filter.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(problemOf(error), request, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(infrastructure), adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  await app.register(fastifyCookie);
  // Files and scans come as streams, so that an import of any size takes no memory.
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
    done(null, bytesOf(payload)),
  );
  addHooks(fastify, infrastructure);
  refuseOtherMethods(app, fastify);
  await serveConsole(app, fastify);
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalPipes(validation);
  if (mailOf(config) === 'catcher') mountCatcherPage(fastify, config.ENISHI_HOME);
  if (config.ENISHI_MODE === 'development') {
    await loadDevelopmentAccess({ mode: 'development' }).mountDevelopmentIdentityProvider(
      app,
      accessConfigOf(config),
      pool,
    );
  }
  await app.init();
  app.get(OpenApiDocument).describe(app, VERSION);
  await fastify.ready();
  return app;
}

function addHooks(fastify: FastifyInstance, { logger, instruments, standing }: Infrastructure): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', async (request) => {
    spans.set(request, requestSpan(request.id, request.method, request.routeOptions.url ?? 'none'));
  });
  fastify.addHook('onSend', async (_request, reply) => {
    // A client that keeps its connection would send the next request to a port that is closing.
    if (standing.leaving) void reply.header('connection', 'close');
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (reply.getHeader(name) === undefined) void reply.header(name, value);
    }
  });
  fastify.addHook('preValidation', async (request) => checkReadable(request));
  // From here on, since what reads the body runs for the connection rather than for the request.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    correlated(request.id, () => (span ? within(span, done) : done()));
  });
  // The route's pattern, never its URL: an id or a query in a log would outlive an erasure.
  fastify.addHook('onResponse', async (request, reply) => {
    const { method, id, routeOptions } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = routeOptions.url ?? 'none';
    instruments.requests.observe({ method, route }, elapsedTime / 1000);
    const span = spans.get(request);
    if (span) endRequest(span, status);
    instruments.answers.inc({ method, route, status });
    const fields = { correlationId: id, method, route, status };
    logger.info({ ...fields, milliseconds: Math.round(elapsedTime) }, 'request');
  });
}

function refuseOtherMethods(app: NestFastifyApplication, fastify: FastifyInstance): void {
  let methods: OtherMethods | undefined;
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return undefined;
    const refusal = (methods ??= new OtherMethods(app)).refusal(request.url);
    if (refusal === undefined) return undefined;
    sendProblem(refusal, request, reply);
    return reply;
  });
}

/** The console at `/`: its files, and its page for every address that is a page of it. */
async function serveConsole(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  if (!existsSync(path.join(CONSOLE, 'index.html'))) return;
  await app.register(fastifyStatic, { root: CONSOLE, wildcard: false, index: ['index.html'], maxAge: '1h' });
  fastify.addHook('onRequest', async (request, reply) => {
    const address = request.url.split('?')[0] ?? '/';
    const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (
      page &&
      !/^\/(v1|auth|privacy|requests\/new|dev-(idp|mail)|health|ready|assets|verifier\.html|enishi-verify\.mjs)(\/|$)/.test(
        address,
      )
    ) {
      return reply
        .header('cache-control', 'no-cache')
        .sendFile('index.html', { maxAge: 0, cacheControl: false });
    }
    return undefined;
  });
}
