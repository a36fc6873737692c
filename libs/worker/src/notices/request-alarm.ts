import { readRequest, requestStream } from '@enishi/application/ledger';
import { alarmLines, REQUEST_KIND_NAMES, requestAlarms } from '@enishi/domain';
import type { NoticeSource } from './notice';

/** A request is due, or will be soon: it says what is the matter when it is sent. */
export const requestAlarm: NoticeSource = {
  stream: requestStream,
  async write({ ledger, page }, requestId) {
    const { state } = await readRequest(ledger, requestId);
    const alarms = requestAlarms(state, ledger.clock.now());
    if (alarms.length === 0) return { dropped: 'no-longer-needed' };
    const values = {
      request: requestId.slice(0, 8),
      requestKind: REQUEST_KIND_NAMES[state.received!.data.kind],
      lines: alarmLines(alarms),
      page: page(`/requests/${requestId}`),
    };
    return { values };
  },
};
