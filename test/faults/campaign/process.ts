import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import type { Place } from '../../bench/ground';
import type { TroubledProxy } from '../../event-store/troubled-proxy';
import { NOT_OPENED, UNTROUBLED, type Order, type Told } from './order';
import { makeTrouble } from './outside';
import type { Trouble } from './trouble';

/** Things told after a trouble that a process outlived, until it is let go: it is at work again. */
const AFTERWARDS = 2;

/** The next process, which loads the program while the one before it works; most of its time goes into that. */
let spare: ChildProcess | undefined;

function start(): ChildProcess {
  return fork(path.join(__dirname, 'child.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function next(): ChildProcess {
  const child = spare ?? start();
  spare = start();
  return child;
}

/** Ends the process that waits for its turn. */
export function dismissSpare(): void {
  spare?.kill('SIGKILL');
  spare = undefined;
}
process.once('exit', dismissSpare);

/** Runs a process into its trouble. @throws Error when it ends otherwise than by it or by having done everything */
export async function runProcess(
  order: Order,
  place: Place,
  proxy: TroubledProxy,
  trouble: Trouble | undefined,
  onTold: (told: Told) => void,
): Promise<'troubled' | 'done'> {
  const child = next();
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const { told, tell, over } = counter();
  child.on('message', (message) => {
    onTold(message as Told);
    tell();
  });
  void exit.then(over);
  child.send(order);
  let came = false;
  if (trouble !== undefined) {
    came = await makeTrouble(trouble, { pid: child.pid!, place, proxy, told });
    // The jump of a clock shows in what comes after it.
    const afterwards = trouble.kind === 'clock' ? 4 * AFTERWARDS : AFTERWARDS;
    const goesOn = (came || trouble.kind === 'clock') && (await told(afterwards));
    if (trouble.kind === 'clock') came = goesOn;
    if (goesOn && trouble.kind !== 'crowd' && child.connected) child.send('enough', () => undefined);
  }
  const [code, signal] = await exit;
  // An open channel to a dead process would keep this one from ending.
  if (child.connected) child.disconnect();
  if (signal === 'SIGKILL' && trouble !== undefined) return 'troubled';
  if (code === 0 || code === UNTROUBLED || code === NOT_OPENED) {
    if (trouble === undefined && code !== 0) throw new Error(`the last process ended with ${code}`);
    return came && trouble?.kind !== 'crowd' ? 'troubled' : 'done';
  }
  throw new Error(`a process of the campaign ended with ${code ?? signal}`);
}

/** Counts what a process tells, and lets others wait for it. */
function counter() {
  const events = new EventEmitter().setMaxListeners(0);
  let count = 0;
  let isOver = false;
  return {
    tell: () => {
      count += 1;
      events.emit('told');
    },
    over: () => {
      isOver = true;
      events.emit('told');
    },
    told: async (more: number): Promise<boolean> => {
      const goal = count + more;
      while (count < goal && !isOver) await once(events, 'told');
      return count >= goal;
    },
  };
}
