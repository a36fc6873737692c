import { DAY, type Chore, type Jumps } from './order';
import type { Fault, Step } from './fault';

/** What goes wrong with a process. `nth`: when it has told so many things, so that it is at work. */
export type Trouble =
  | { readonly kind: 'step'; readonly fault: Fault }
  | { readonly kind: 'moment'; readonly nth: number; readonly afterMs: number }
  | { readonly kind: 'cut' | 'reset'; readonly nth: number; readonly everyMs: number }
  | { readonly kind: 'postgres'; readonly nth: number }
  | { readonly kind: 'frozen' | 'black hole'; readonly nth: number; readonly forMs: number }
  | { readonly kind: 'latency'; readonly nth: number; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'open transaction'; readonly nth: number; readonly holds: Held; readonly forMs: number }
  | { readonly kind: 'crowd'; readonly nth: number; readonly fault?: Fault }
  | { readonly kind: 'clock'; readonly jumps: Jumps };

/** What a transaction that nobody ends keeps from others. */
export type Held = 'a snapshot' | 'the checkpoints' | 'the ledger';

/** Durable steps with the chore in which they come, and how often they come at least. */
const STEPS: Readonly<Record<Step, readonly [chore: Chore['kind'] | undefined, times: number]>> = {
  claim: [undefined, 18],
  append: [undefined, 12],
  answer: [undefined, 18],
  rows: [undefined, 6],
  checkpoint: [undefined, 8],
  commit: [undefined, 10],
  identity: ['import', 1],
  key: ['import', 1],
  job: ['import', 3],
  upload: ['import', 1],
  staged: ['import', 1],
  rebuild: ['rebuild', 6],
  artefact: ['artefacts', 3],
  closing: ['shreds', 3],
  shred: ['shreds', 3],
  'epoch-written': ['rotation', 2],
  rewrap: ['rotation', 1],
  'epoch-destroyed': ['rotation', 2],
  'backup-part': ['backup', 4],
  'backup-named': ['backup', 1],
};

type Make = (below: (end: number) => number) => Trouble;

const aroundSteps = (Object.keys(STEPS) as Step[]).flatMap((step) =>
  (['before', 'after'] as const).map((when): Make => {
    return (below) => ({ kind: 'step', fault: { step, when, nth: 1 + below(STEPS[step][1]) } });
  }),
);

const JUMPS: readonly Jumps[] = [
  { at: DAY, then: 0 },
  { at: 0, then: DAY },
  { at: 0, then: -DAY },
  { at: -DAY, then: DAY },
];
const HELD: readonly Held[] = ['a snapshot', 'the checkpoints', 'the ledger'];

const others: readonly Make[] = [
  (below) => ({ kind: 'moment', nth: 1 + below(20), afterMs: below(40) }),
  (below) => ({ kind: 'cut', nth: 1 + below(12), everyMs: 60 + below(120) }),
  (below) => ({ kind: 'reset', nth: 1 + below(12), everyMs: 60 + below(120) }),
  (below) => ({ kind: 'postgres', nth: 1 + below(12) }),
  (below) => ({ kind: 'frozen', nth: 1 + below(12), forMs: 1500 }),
  (below) => ({ kind: 'black hole', nth: 1 + below(12), forMs: 500 + below(700) }),
  (below) => ({ kind: 'latency', nth: 1 + below(12), byMs: 10 + below(60), forMs: 800 }),
  (below) => ({ kind: 'open transaction', nth: 1 + below(12), holds: HELD[below(3)]!, forMs: 700 }),
  (below) => ({
    kind: 'crowd',
    nth: 1 + below(40),
    ...(below(2) === 0 && {
      fault: { step: 'append', when: below(2) === 0 ? 'before' : 'after', nth: 1 + below(30) },
    }),
  }),
  (below) => ({ kind: 'clock', jumps: JUMPS[below(JUMPS.length)]! }),
];

const CLASSES: readonly Make[] = [...aroundSteps, ...others];
/** No divisor of the number of classes: classes next to each other in the list come apart. */
const STRIDE = 19;

/** Numbers from a seed: the same campaign has the same troubles. */
function seeded(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * The troubles of a ledger: every class in its turn, over all ledgers of a campaign, the rest drawn from the seed.
 * @param seed the ledger's number
 */
export function troublesOf(seed: number, count: number): readonly Trouble[] {
  const below = seeded(seed + 1);
  return Array.from({ length: count }, (_, at) => {
    const turn = (seed * count + at) * STRIDE;
    return CLASSES[turn % CLASSES.length]!(below);
  });
}

/** What the table calls it. */
export function labelOf(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'step':
      return `${trouble.fault.when} ${trouble.fault.step}`;
    case 'open transaction':
      return `open transaction that holds ${trouble.holds}`;
    case 'clock':
      return 'clock a day off';
    case 'crowd':
      return '64 writers on one stream';
    default:
      return trouble.kind;
  }
}

/** The chore that a process needs for its trouble to find it at it. */
export function choreFor(trouble: Trouble, id: string): readonly Chore[] {
  if (trouble.kind === 'step') {
    const [kind] = STEPS[trouble.fault.step];
    if (kind === undefined) return [];
    return [kind === 'import' ? { kind, id, rows: 6 } : { kind, id }];
  }
  // What comes from outside finds every second process at an import.
  return 'nth' in trouble && trouble.nth % 2 === 0 ? [{ kind: 'import', id, rows: 6 }] : [];
}
