/** A process of the fault campaign: the built program, with one fault in it. */
require('./clock.cjs');
require('../../bench/built.cjs');
require('./child.ts');
