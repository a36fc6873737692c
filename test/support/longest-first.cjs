const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Short files that take long. Jest begins with what took longest the last time, in a new clone with the largest files: these would
 * come last, and one processor would wait for the other.
 */
const LONG =
  /cluster\.spec|eventstoredb\.spec|story\.spec|-laws\.spec|tour\.spec|embedded\.spec|production\.spec/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const long = sorted.filter(({ path }) => LONG.test(path));
    return [...long, ...sorted.filter((test) => !long.includes(test))];
  }
};
