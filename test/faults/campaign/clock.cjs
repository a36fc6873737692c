/**
 * The machine's clock as this process sees it, which can be set: every `new Date()` and `Date.now()`, whoever asks.
 * Timers and `performance.now()` go on as they do on a machine whose clock is set.
 */
const Real = Date;
let offset = 0;

class Settable extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + offset);
    else super(...parts);
  }
  static now() {
    return Real.now() + offset;
  }
}
globalThis.Date = Settable;

/** @param milliseconds against the machine's own */
exports.setClock = (milliseconds) => {
  offset = milliseconds;
};
