import { Client } from 'pg';

/** What a durable step is known by: the name of its prepared statement, or its text. */
const STEPS = {
  claim: /^answers-claim$/,
  append: /^ledger-append$/,
  answer: /^answers-save$/,
  identity: /^vault-reserve-identities$/,
  key: /^vault-create-keys$/,
  rows: /^INSERT INTO \w+ \([^)]+\) SELECT/,
  checkpoint: /^\s*UPDATE views\.projection SET position/,
  commit: /^COMMIT$/,
  job: /app\.import_jobs SET|update app\.imports/i,
} as const;

export type Step = keyof typeof STEPS;

/** The process dies by SIGKILL around a durable step, when it comes for the nth time. */
export interface Fault {
  readonly step: Step;
  /** `before` it is sent, or `after` PostgreSQL has done it and before anybody here knows. */
  readonly when: 'before' | 'after';
  readonly nth: number;
}

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once; nothing after it may run.
  for (;;);
};

/** Puts the fault into every connection of this process. */
export function arm({ step, when, nth }: Fault): void {
  let passed = 0;
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  const armed = function (this: Client, ...args: unknown[]): unknown {
    if (!STEPS[step].test(labelOf(args[0]))) return query.apply(this, args);
    passed += 1;
    if (passed !== nth) return query.apply(this, args);
    if (when === 'before') die();
    const last = args.at(-1);
    if (typeof last === 'function') return query.apply(this, [...args.slice(0, -1), die]);
    return (query.apply(this, args) as Promise<unknown>).then(die, die);
  };
  Client.prototype.query = armed as typeof Client.prototype.query;
}

function labelOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { name, text } = statement as { name?: string; text?: string };
  return name ?? text ?? '';
}
