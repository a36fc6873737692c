const { ModuleMocker } = require('jest-mock');

/** What a file of specs leaves behind in the global object, and the next one would find: the state of jest-circus, its time limit. */
const LEFT_BEHIND = ['JEST_STATE_SYMBOL', 'EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'];

/**
 * The place where specs run: the worker itself, not a sandbox in it (worker-runtime.cjs). What a file changes of the process is
 * put back after it. There are no fake timers: time is given to what needs it.
 */
module.exports = class WorkerEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #console = globalThis.console;
  #exit = process.exit;
  #settings = { ...process.env };

  async setup() {}

  async teardown() {
    globalThis.console = this.#console;
    process.exit = this.#exit;
    for (const name of Object.keys(process.env)) {
      if (!(name in this.#settings)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, this.#settings);
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
      if (LEFT_BEHIND.includes(symbol.description)) Reflect.deleteProperty(globalThis, symbol);
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Nothing is compiled for another context. */
  getVmContext() {
    return null;
  }
};
