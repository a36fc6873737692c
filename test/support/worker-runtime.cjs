const Module = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** What swc is to make of a module; a spec is no other than the rest. */
const AS_COMMONJS = {
  isInternalModule: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

/** Where the source map of a module lies, for the stack of an error. */
const sourceMaps = new Map();
const resolve = Module._resolveFilename;

/** Node's own `require` for TypeScript: compiled by Jest's transformer, which keeps what it made; names of rooms as in its configuration. */
function loadTypeScript(transformer, moduleNameMapper) {
  const names = moduleNameMapper.map(([pattern, place]) => [new RegExp(pattern), place]);
  Module._resolveFilename = function (request, ...rest) {
    const [pattern, place] = names.find(([name]) => name.test(request)) ?? [];
    return resolve.call(this, pattern ? request.replace(pattern, place) : request, ...rest);
  };
  Module._extensions['.ts'] = (module, file) => {
    const { code, sourceMapPath } = transformer.transform(file, AS_COMMONJS);
    if (sourceMapPath) sourceMaps.set(file, sourceMapPath);
    module._compile(code, file);
  };
}

/**
 * Jest's runtime, but for how modules are loaded: by Node, in the worker's own realm, once for all the specs of a worker. Only the
 * specs and the runner of tests are loaded anew for each file. docs/decisions/0158-specs-share-what-they-load.md
 */
module.exports = class WorkerRuntime extends Runtime {
  #spec;

  constructor(config, environment, resolver, transformer, cacheFS, coverage, spec, ...rest) {
    super(config, environment, resolver, transformer, cacheFS, coverage, spec, ...rest);
    this.#spec = spec;
    loadTypeScript(transformer, config.moduleNameMapper);
    globalThis.jest = super.requireModuleOrMock(spec, '@jest/globals').jest;
  }

  /** The process is not a copy, and keeps its own. */
  installGetBuiltinModule() {}

  /** The runner of tests, whose state is that of one file. */
  requireInternalModule(file) {
    Reflect.deleteProperty(require.cache, file);
    return require(file);
  }

  requireModule(from, name) {
    return name === undefined ? require(from) : Module.createRequire(from)(name);
  }

  setMock(from, name) {
    throw new Error(
      `${name} is shared by all specs and cannot be replaced: hand in what is to stand there instead`,
    );
  }

  getSourceMaps() {
    return sourceMaps;
  }

  teardown() {
    super.teardown();
    Reflect.deleteProperty(require.cache, this.#spec);
    module.children = [];
  }
};
