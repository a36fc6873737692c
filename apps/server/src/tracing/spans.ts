import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

// Without an exporter (see exporting.ts) all of this does nothing.
const tracer = trace.getTracer('enishi');

let wanted: string | undefined;

/** The trace id that the span being started must have, if somebody wants a certain one. */
export function wantedTraceId(): string | undefined {
  return wanted;
}

/**
 * Starts the span of a request. Its trace id is the request's id without dashes, so that a trace, the lines of the
 * log and the events' `$correlationId` find each other. What the client says of its own trace is not taken over:
 * it would choose ids in the ledger.
 *
 * @param requestId a uuid
 * @param route the template of the route, never the path
 */
export function requestSpan(requestId: string, method: string, route: string): Span {
  wanted = requestId.replaceAll('-', '');
  try {
    const attributes = { 'http.request.method': method, 'http.route': route };
    return tracer.startSpan(`${method} ${route}`, { root: true, kind: SpanKind.SERVER, attributes });
  } finally {
    wanted = undefined;
  }
}

/** Runs `work` so that spans started by it, and by what follows from it, are inside this one. */
export function within<T>(span: Span, work: () => T): T {
  return context.with(trace.setSpan(context.active(), span), work);
}

/** Ends the span of a request. */
export function endRequest(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * Runs `work` in a span of its own.
 * @param attributes numbers, and names out of the program: nothing of a person, no id
 */
export function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      // Of the error its kind only: a message may hold a value.
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Of the span that is being worked in, where it is recorded. */
export function activeTraceId(): string | undefined {
  const span = trace.getActiveSpan();
  return span?.isRecording() === true ? span.spanContext().traceId : undefined;
}
