import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A database answers within milliseconds, or something is wrong. */
const STORE_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * What this process counts about itself, for Prometheus. Labels are names out of the program (a projection, a
 * route's template, a code): never an id, a path, a query or anything of a person.
 */
export class Instruments {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  readonly append = new Histogram({
    name: 'enishi_append_seconds',
    help: 'How long an append to the event store took, by lane and outcome',
    labelNames: ['lane', 'outcome'] as const,
    buckets: STORE_SECONDS,
    registers: this.registers,
  });
  readonly appended = this.counter('enishi_events_appended_total', 'Events this process has appended');
  readonly conflicts = this.counter(
    'enishi_append_conflicts_total',
    'Appends refused because the stream had moved; the command starts over',
  );
  readonly requests = new Histogram({
    name: 'enishi_http_request_seconds',
    help: 'How long a request took, by method and template of its route',
    labelNames: ['method', 'route'] as const,
    buckets: REQUEST_SECONDS,
    registers: this.registers,
  });
  readonly answers = new Counter({
    name: 'enishi_http_requests_total',
    help: 'Requests answered, by method, template of the route and status',
    labelNames: ['method', 'route', 'status'] as const,
    registers: this.registers,
  });
  readonly batch = new Histogram({
    name: 'enishi_projection_batch_seconds',
    help: 'How long a projection took to write a batch of events',
    labelNames: ['projection'] as const,
    buckets: STORE_SECONDS,
    registers: this.registers,
  });
  readonly applied = new Counter({
    name: 'enishi_projection_events_total',
    help: 'Events this process has applied to a projection',
    labelNames: ['projection'] as const,
    registers: this.registers,
  });
  readonly alarms = new Counter({
    name: 'enishi_alarms_total',
    help: 'Alarms of the vault, by code: somebody must look',
    labelNames: ['code'] as const,
    registers: this.registers,
  });

  constructor(version: string, roles: readonly string[]) {
    collectDefaultMetrics({ register: this.registry });
    const info = this.gauge('enishi_process_info', 'Version and roles of this process', 'version', 'roles');
    info.set({ version, roles: [...roles].sort().join('+') }, 1);
    for (const code of ['key-lost', 'acknowledgement-missing', 'epoch-copy-missing', 'seal-broken'])
      this.alarms.inc({ code }, 0);
  }

  /** A gauge of this process's registry. */
  gauge<Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: this.registers });
  }

  private counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: this.registers });
  }

  /** Times a batch of a projection. */
  async timeBatch<T>(
    { projection, events }: { readonly projection: string; readonly events: number },
    work: () => Promise<T>,
  ): Promise<T> {
    const done = this.batch.startTimer({ projection });
    const result = await work();
    done();
    this.applied.inc({ projection }, events);
    return result;
  }
}
