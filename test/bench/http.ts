import { PROJECTIONS } from '@enishi/projections/all';
import { importLeavers, startServer } from './bench-process';
import { Desk, peopleOf, type PublishedPurpose } from './desk';
import type { Ground, Place } from './ground';
import { HttpClient, type Request } from './http-client';
import { median, percentile, perSecond } from './measure';
import type { Result } from './result';
import { openRoom } from './room';

const CONNECTIONS = 32;

const GRANT = {
  channels: ['email'],
  captureChannel: 'oral',
  method: 'oral',
  party: 'person',
  identityCheck: 'call-back',
  language: 'ja',
  evidence: '電話で本人を確認し、読み上げた文面への同意を得た。',
};
const { language: _, ...WITHDRAWAL } = GRANT;

/**
 * Recording a consent over HTTP (guard, DTO, command bus, look-ups, ledger, durable) against a POST with the same
 * guard, the same DTO and the same body that then does nothing, on the same server, turn by turn.
 */
export async function httpBench(ground: Ground): Promise<readonly Result[]> {
  const { quick } = ground.options;
  const place = await ground.place('http');
  await importLeavers({ place, rows: quick ? 1500 : 6000 });
  const { people, purposes } = await furnish(place);
  const results: Result[] = [];
  for (const worker of [false, true]) {
    const server = await startServer({ place, worker });
    const client = await HttpClient.open(server.report, CONNECTIONS);
    try {
      // Not the catching up is measured, but commands beside views that are.
      if (worker) await caughtUp(place);
      const half = worker ? purposes.slice(4) : purposes.slice(0, 4);
      results.push(...(await compare(ground, client, people, half, worker)));
    } finally {
      client.close();
      await server.stop();
    }
  }
  await ground.drop('http');
  return results;
}

/** Publishes purposes and takes a first consent of everybody: from then on a person's key is there. */
export async function furnish(place: Place) {
  const room = await openRoom(place);
  const desk = new Desk(room.ledger);
  const people = await peopleOf(room.ledger);
  const [first, ...purposes] = await desk.publishPurposes();
  const waiting = [...people];
  const worker = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await desk.grant(one, first!);
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  await room.close();
  return { people, purposes };
}

/** Waits until every view has what was written so far. */
async function caughtUp(place: Place): Promise<void> {
  const room = await openRoom(place);
  const head = (await room.store.head())!;
  await Promise.all(PROJECTIONS.map(({ name }) => room.views.waitFor(name, head, 600_000)));
  await room.close();
}

async function compare(
  ground: Ground,
  client: HttpClient,
  people: readonly string[],
  purposes: readonly PublishedPurpose[],
  worker: boolean,
): Promise<readonly Result[]> {
  const { quick } = ground.options;
  const rates = { noOp: [] as number[], command: [] as number[] };
  const taken: number[] = [];
  const commands = requests(people, purposes);
  const next = (): Request => commands.next().value;
  const noOp = { path: `/v1/alumni/${people[0]}/consents/${purposes[0]!.purposeId}/no-op`, body: GRANT };
  for (let round = -1; round < (quick ? 2 : 5); round += 1) {
    const milliseconds = quick ? 500 : 1500;
    const nothing = await client.load(milliseconds, () => noOp);
    const something = await client.load(milliseconds, next);
    // The first turn warms both.
    if (round < 0) continue;
    rates.noOp.push(perSecond(nothing.pace));
    rates.command.push(perSecond(something.pace));
    taken.push(...something.taken);
  }
  const where = worker ? 'projections in the same process' : 'projections elsewhere';
  return [
    {
      bench: 'http',
      line: `consent by POST, ${CONNECTIONS} connections, ${where} / no-op validated POST`,
      unit: 'requests/s',
      raw: median(rates.noOp),
      ours: median(rates.command),
      target: { kind: 'ratio', atLeast: 0.5 },
    },
    {
      bench: 'http',
      line: `consent by POST, time of one, ${where}`,
      unit: 'ms',
      ours: median(taken),
      p99: percentile(taken, 0.99),
      target: { kind: 'p99', atMost: 50 },
    },
  ];
}

/** Everybody consents to a purpose, then everybody withdraws, and so on. */
export function* requests(
  people: readonly string[],
  purposes: readonly PublishedPurpose[],
): Generator<Request, never, undefined> {
  for (;;) {
    for (const { purposeId } of purposes) {
      const route = (person: string): string => `/v1/alumni/${person}/consents/${purposeId}`;
      for (const person of people) yield { path: `${route(person)}/grants`, body: GRANT };
      for (const person of people) yield { path: `${route(person)}/withdrawals`, body: WITHDRAWAL };
    }
  }
}
