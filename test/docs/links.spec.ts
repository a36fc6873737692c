import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { getMetadataStorage } from 'class-validator';
import { readConfig, ServerConfig } from '../../apps/server/src/config';

const ROOT = path.resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

/** Text without its fenced blocks. */
const prose = (page: string) => read(page).replace(/^```[\s\S]*?^```/gm, '');

/** The anchor that a heading gets on a page. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsOf(page: string): string[] {
  return [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => anchorOf(heading!));
}

/** Every link of a page that stays in the repository, as a path from its root and an anchor. */
function linksOf(page: string) {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file, anchor] = target.split('#');
      const to = file === '' ? page : path.join(path.dirname(page), file!);
      return { target, to, anchor };
    });
}

/** Paths of ours that a page names in code marks: `libs/domain/`, `test/run.mjs`. */
function namedPaths(page: string): string[] {
  return [...prose(page).matchAll(/`((?:apps|libs|projections|test|docs)\/[\w./-]*)`/g)].map(
    ([, named]) => named!,
  );
}

/** Every source of ours, as one text: what a page calls by name must stand somewhere in it. */
const sources = ['apps', 'libs', 'projections', 'test']
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs|cjs)$/.test(name) && !name.includes('node_modules'))
      .map((name) => read(path.join(folder, name))),
  )
  .concat(read('.dependency-cruiser.cjs'), read('deploy/prometheus/alerts.yaml'))
  .join('\n');
const words = new Set(sources.match(/[\w$]+/g));

/** Codes (`consent-not-granted`) and names of code (`decideWithdrawal`, `ConsentWithdrawn`) on a page. */
function namedInCode(page: string): string[] {
  return [...prose(page).matchAll(/`([A-Za-z][\w-]*)(?:\(\))?`/g)]
    .map(([, name]) => name!)
    .filter((name) => /[a-z][A-Z]/.test(name) || /^[a-z]+(-[a-z]+)+$/.test(name));
}

/** npm scripts that a page names, in text and in blocks. */
function namedScripts(page: string): string[] {
  const found = [...read(page).matchAll(/\bnpm (?:run ([a-z:]+)|(start|test))\b/g)];
  return found.map(([, run, short]) => (run ?? short)!);
}

describe.each(PAGES)('%s', (page) => {
  it('links to what exists', () => {
    const broken = linksOf(page).filter(({ to, anchor }) => {
      if (!existsSync(path.join(ROOT, to))) return true;
      return anchor !== undefined && to.endsWith('.md') && !anchorsOf(to).includes(anchor);
    });
    expect(broken.map(({ target }) => target)).toEqual([]);
  });

  it('names paths and npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(namedPaths(page).filter((named) => !existsSync(path.join(ROOT, named)))).toEqual([]);
    expect(namedScripts(page).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('calls things by names that the code has', () => {
    const unknown = namedInCode(page).filter((name) =>
      name.includes('-') ? !sources.includes(name) : !words.has(name),
    );
    expect(unknown).toEqual([]);
  });

  it('is no place for paths of one machine', () => {
    expect(read(page)).not.toMatch(/(?<![\w.])\/(?:home|root|work|Users)\//);
  });
});

it('every page of docs can be reached from README', () => {
  const reached = new Set<string>();
  const follow = (page: string): void => {
    if (reached.has(page)) return;
    reached.add(page);
    const pages = linksOf(page).filter(
      ({ to }) => to.endsWith('.md') && statSync(path.join(ROOT, to)).isFile(),
    );
    pages.forEach(({ to }) => follow(to));
  };
  follow('README.md');
  // Written by `npm run bench`, where that was run.
  reached.add(path.join('docs', 'performance.md'));
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});

describe('the configuration table in README', () => {
  const rows = [...read('README.md').matchAll(/^\| `(ENISHI_\w+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, name, standard, meaning]) => ({ name: name!, standard: standard!, meaning: meaning! }),
  );
  const settings = [
    ...new Set(
      getMetadataStorage()
        .getTargetValidationMetadatas(ServerConfig, '', false, false)
        .map(({ propertyName }) => propertyName),
    ),
  ];

  it('names every setting of the server, and no other', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(settings.toSorted());
  });

  it('states the defaults that the code has', () => {
    const home = path.resolve('.enishi');
    const config = readConfig({ ENISHI_PORT: '5000' }) as unknown as Readonly<Record<string, unknown>>;
    const stated = (text: string) =>
      text
        .replace('<ENISHI_HOME>', home)
        .replace('<ENISHI_PORT>', '5000')
        .replace(/^\.enishi$/, home);
    for (const { name, standard } of rows) {
      if (name === 'ENISHI_PORT') continue;
      const actual = config[name];
      const first = /^`([^`]+)`/.exec(standard)?.[1];
      expect([name, actual === undefined ? undefined : String(actual)]).toEqual([
        name,
        first === undefined ? undefined : stated(first),
      ]);
    }
    expect(rows.find(({ name }) => name === 'ENISHI_PORT')?.standard).toBe(
      `\`${readConfig({}).ENISHI_PORT}\``,
    );
  });
});
