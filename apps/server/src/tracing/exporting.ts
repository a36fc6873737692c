import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import { wantedTraceId } from './spans';

const random = new RandomIdGenerator();
const idGenerator = {
  generateTraceId: () => wantedTraceId() ?? random.generateTraceId(),
  generateSpanId: () => random.generateSpanId(),
};

/**
 * Sends spans to an OpenTelemetry collector (OTLP over HTTP) from now on. A collector that is away costs spans, no
 * request.
 *
 * @param endpoint its address without path, e.g. `http://127.0.0.1:4318`
 */
export function exportTraces(
  endpoint: string,
  about: { readonly version: string; readonly roles: readonly string[] },
  logger: Logger,
): { close(): Promise<void> } {
  const say = (): void => logger.warn({}, 'the trace collector does not take spans');
  const silent = (): void => undefined;
  diag.setLogger(
    { error: say, warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({ url: new URL('/v1/traces', endpoint).href, timeoutMillis: 5000 });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'enishi',
      'service.version': about.version,
      'enishi.roles': about.roles.join(','),
    }),
    idGenerator,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return { close: () => provider.shutdown() };
}
