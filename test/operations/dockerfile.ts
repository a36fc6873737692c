import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What became of a Dockerfile whose steps were run without a container engine. */
export interface Made {
  /** The working directory of the last stage. */
  readonly app: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Steps that speak of the image's own accounts, which this machine does not have. */
  readonly leftOut: readonly string[];
}

interface Stage {
  readonly folder: string;
  workdir: string;
}

/**
 * Runs the steps of a Dockerfile in an empty folder, each stage in one of its own. Knows the plain forms of FROM,
 * WORKDIR, COPY, RUN, ENV, USER, ENTRYPOINT and CMD; anything else is an error, so that nothing is passed over.
 *
 * @param context what `COPY` copies from
 * @param root an empty folder
 */
export async function make(dockerfile: string, context: string, root: string): Promise<Made> {
  const stages = new Map<string, Stage>();
  const env: Record<string, string> = {};
  const leftOut: string[] = [];
  let entrypoint: readonly string[] = [];
  let command: readonly string[] = [];
  let stage: Stage | undefined;
  const inStage = (at: Stage, name: string): string =>
    path.isAbsolute(name) ? path.join(at.folder, name) : path.join(at.folder, at.workdir, name);

  for (const line of instructionsOf(readFileSync(dockerfile, 'utf8'))) {
    const [verb = '', rest = ''] = [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)];
    if (verb === 'FROM') {
      const [, name = 'last'] = / AS (\w+)$/.exec(rest) ?? [];
      stage = { folder: path.join(root, name), workdir: '/' };
      stages.set(name, stage);
      continue;
    }
    if (!stage) throw new Error(`before any FROM: ${line}`);
    const own = stage;
    switch (verb) {
      case 'WORKDIR':
        own.workdir = rest;
        mkdirSync(inStage(own, '.'), { recursive: true });
        break;
      case 'COPY': {
        const words = rest.split(' ');
        const [, from] = /^--from=(\w+)$/.exec(words[0] ?? '') ?? [];
        const names = from === undefined ? words : words.slice(1);
        const base = from === undefined ? undefined : stages.get(from);
        if (from !== undefined && !base) throw new Error(`no such stage: ${from}`);
        copy(
          names.slice(0, -1).map((name) => (base ? inStage(base, name) : path.join(context, name))),
          inStage(own, names.at(-1)!),
          names.at(-1)!.endsWith('/'),
        );
        break;
      }
      case 'RUN':
        if (rest.startsWith('install -d -o ')) leftOut.push(line);
        else await run('sh', ['-c', rest], { cwd: inStage(own, '.'), env: plainEnv(), maxBuffer: 1e8 });
        break;
      case 'ENV':
        for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g)) env[name!] = value!;
        break;
      case 'USER':
        leftOut.push(line);
        break;
      case 'ENTRYPOINT':
        entrypoint = JSON.parse(rest) as string[];
        break;
      case 'CMD':
        command = JSON.parse(rest) as string[];
        break;
      default:
        throw new Error(`not a step that this knows: ${line}`);
    }
  }
  return { app: inStage(stage!, '.'), env, entrypoint, command, leftOut };
}

function instructionsOf(text: string): readonly string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** As COPY does: a folder's content goes into the target; several, or a target with a slash, make it a folder. */
function copy(sources: readonly string[], target: string, folder: boolean): void {
  for (const source of sources) {
    if (!existsSync(source)) throw new Error(`COPY: there is no ${source}`);
    if (statSync(source).isDirectory()) {
      mkdirSync(target, { recursive: true });
      for (const name of readdirSync(source))
        cpSync(path.join(source, name), path.join(target, name), { recursive: true, verbatimSymlinks: true });
      continue;
    }
    const into = folder || sources.length > 1 ? path.join(target, path.basename(source)) : target;
    mkdirSync(path.dirname(into), { recursive: true });
    cpSync(source, into);
  }
}

/** Nothing of ours, and of the machine only where programs and npm's cache are. */
function plainEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), npm_config_prefer_offline: 'true' };
}
