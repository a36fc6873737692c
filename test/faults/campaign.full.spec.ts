import { openGround, type Ground } from '../bench/ground';
import { survive, type Survived } from './campaign/campaign';
import { troublesOf } from './campaign/trouble';

/** Troubles in all; another number for a longer look. */
const RUNS = Number(process.env['ENISHI_FAULT_RUNS'] ?? 546);
const PER_LEDGER = 26;
/** Of the troubles made, so many must find a process at work. */
const SHARE = 0.95;
/** Every fourth ledger lives around a leap day. */
const LEAP_DAY = Date.UTC(2028, 1, 28, 23, 59, 50);

jest.setTimeout(60 * 60_000);

describe('ledgers that go through trouble after trouble', () => {
  let ground: Ground;
  const survived: Survived[] = [];
  beforeAll(async () => {
    ground = await openGround({ benches: [], rows: 1000, quick: true, write: false });
  });
  afterAll(() => ground.stop());

  const ledgers = Math.max(1, Math.round(RUNS / PER_LEDGER));
  it.each(Array.from({ length: ledgers }, (_, at) => at))(
    'ledger %i loses nothing, holds nothing twice, and shows what a rebuild shows',
    async (ledger) => {
      const era = ledger % 4 === 1 ? LEAP_DAY - Date.now() : 0;
      const result = await survive(ground, `faults_${ledger}`, troublesOf(ledger, PER_LEDGER), { era });
      survived.push(result);
      const came = Object.values(result.troubles).reduce((sum, one) => sum + one.came, 0);
      process.stdout.write(
        `ledger ${ledger}: ${came} of ${PER_LEDGER} troubles, ${result.acknowledged} commands\n`,
      );
      const { expected, ...found } = result;
      expect(found).toMatchObject({ lost: [], twice: [], differing: [], spoilt: [], people: expected });
    },
  );

  it('meets nearly every trouble at work', () => {
    const all: Record<string, { made: number; came: number }> = {};
    for (const [name, { made, came }] of survived.flatMap(({ troubles }) => Object.entries(troubles))) {
      const sum = (all[name] ??= { made: 0, came: 0 });
      sum.made += made;
      sum.came += came;
    }
    const lines = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
    const total = (which: 'made' | 'came') => lines.reduce((sum, [, count]) => sum + count[which], 0);
    const rows = lines.map(([name, { made, came }]) => `| ${name} | ${made} | ${came} |`).join('\n');
    process.stdout.write(`\n${rows}\n| all | ${total('made')} | ${total('came')} |\n`);
    const commands = survived.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    process.stdout.write(`${commands} commands acknowledged, ${survived.length} ledgers\n`);
    expect(total('came') / total('made')).toBeGreaterThanOrEqual(SHARE);
  });
});
