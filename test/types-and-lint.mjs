// Types and lint by one compiler: the rules that need types ask the programs that were just checked, instead of reading
// and checking everything again. `node test/types-and-lint.mjs server|browser`; whoever forked it is told each check as it is
// done, otherwise it prints what is wrong.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

const root = process.cwd();
const inBrowsers = ['apps/console/', 'apps/verifier/'];

const parts = {
  server: {
    projects: [['Types', 'tsconfig.json']],
    lint: { name: 'Lint', files: ['.'], ignored: inBrowsers },
  },
  browser: {
    projects: [
      ['Types of the console', 'apps/console/tsconfig.json'],
      ['Types of the verifier', 'apps/verifier/tsconfig.json'],
    ],
    lint: { name: 'Lint of console and verifier', files: inBrowsers, ignored: [] },
  },
};

let since = Date.now();

/** @param wrong what to mend; empty where nothing is */
function tell(name, wrong) {
  const took = Date.now() - since;
  since = Date.now();
  if (wrong !== '') process.exitCode = 1;
  if (process.send) process.send({ name, took, wrong });
  else console.log(wrong === '' ? `${name}: nothing` : wrong);
}

/** Checks a project; what did not change since the last time is not checked again. */
function checked([name, file]) {
  const onUnRecoverableConfigFileDiagnostic = ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  };
  const { options, fileNames, errors } = ts.getParsedCommandLineOfConfigFile(
    join(root, file),
    { noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  );
  const builder = ts.createIncrementalProgram({
    rootNames: fileNames,
    options,
    configFileParsingDiagnostics: errors,
    host: ts.createIncrementalCompilerHost(options),
  });
  const found = [
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ];
  // Nothing but what it remembers for the next time.
  builder.emit();
  const host = {
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  };
  tell(name, ts.formatDiagnostics(found, host));
  return builder.getProgram();
}

/** The parser of the configuration, which hands the programs on: they are no part of it, since it is hashed. */
function parserWith(programs) {
  const { parser } = tseslint;
  return {
    ...parser,
    parseForESLint: (text, { project, ...options }) =>
      parser.parseForESLint(text, project === undefined ? options : { ...options, programs }),
  };
}

async function lint({ name, files, ignored }, programs) {
  const eslint = new ESLint({
    cwd: root,
    cache: true,
    cacheLocation: `node_modules/.cache/eslint-${process.argv[2]}`,
    ignorePatterns: ignored,
    overrideConfig: { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: parserWith(programs) } },
  });
  const results = await eslint.lintFiles(files);
  const found = results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0);
  const formatter = await eslint.loadFormatter('stylish');
  tell(name, found ? await formatter.format(results) : '');
}

const part = parts[process.argv[2]];
await lint(part.lint, part.projects.map(checked));
