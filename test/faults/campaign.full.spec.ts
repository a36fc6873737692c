import { openGround, type Ground } from '../bench/ground';
import { survive, troublesOf, type Survived } from './campaign/campaign';

/** Troubles in all; another number for a longer look. */
const RUNS = Number(process.env['ENISHI_FAULT_RUNS'] ?? 520);
const PER_LEDGER = 26;

jest.setTimeout(60 * 60_000);

describe('ledgers that go through trouble after trouble', () => {
  let ground: Ground;
  const survived: Survived[] = [];
  beforeAll(async () => {
    ground = await openGround({ benches: [], rows: 1000, quick: true, write: false });
  });
  afterAll(async () => {
    await ground.stop();
    const all: Record<string, number> = {};
    for (const { troubles } of survived)
      for (const [name, count] of Object.entries(troubles)) all[name] = (all[name] ?? 0) + count;
    const lines = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
    const total = lines.reduce((sum, [, count]) => sum + count, 0);
    process.stdout.write(
      `\n${lines.map(([name, count]) => `| ${name} | ${count} |`).join('\n')}\n| all | ${total} |\n`,
    );
  });

  const ledgers = Math.max(1, Math.round(RUNS / PER_LEDGER));
  it.each(Array.from({ length: ledgers }, (_, at) => at))(
    'ledger %i loses nothing, holds nothing twice, and shows what a rebuild shows',
    async (ledger) => {
      const result = await survive(ground, `faults_${ledger}`, troublesOf(ledger, PER_LEDGER));
      survived.push(result);
      expect(result).toMatchObject({ lost: [], twice: [], differing: [], people: 24, acknowledged: 560 });
    },
  );
});
