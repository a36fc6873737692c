import type { Instant } from '../kernel';
import { dayText } from '../letters/day-text';
import type { Bilingual } from '../shapes';
import { tokyoDay } from '../time';
import { requestDueAt, requestStanding, type RequestState } from './request-state';

/** Why somebody must look at a request now, and since or until when. */
export type RequestAlarm =
  | { readonly why: 'due-soon' | 'overdue' | 'deferral-over'; readonly at: Instant }
  | { readonly why: 'tasks-overdue'; readonly count: number };

/**
 * What is wrong with a request, or soon will be. Nobody is reminded of one that is paused; its alarm rings nevertheless,
 * for the two weeks of APPI 39(1) go on.
 */
export function requestAlarms(state: RequestState, now: Instant): readonly RequestAlarm[] {
  const dueAt = requestDueAt(state);
  if (dueAt === undefined) return [];
  const over = dueAt < now;
  if (requestStanding(state) === 'deferred') return over ? [{ why: 'deferral-over', at: dueAt }] : [];
  const paused = state.pausedAt !== undefined;
  const soon = !over && !paused && state.received!.data.remindAt <= now;
  const late = state.tasks.filter((task) => task.answer === undefined && task.dueAt < now).length;
  return [
    ...(over ? [{ why: 'overdue', at: dueAt } as const] : []),
    ...(soon ? [{ why: 'due-soon', at: dueAt } as const] : []),
    ...(late > 0 && !paused ? [{ why: 'tasks-overdue', count: late } as const] : []),
  ];
}

/** Alarms as people read them, each on a line of its own. */
export function alarmLines(alarms: readonly RequestAlarm[]): Bilingual {
  const lines = alarms.map(lineOf);
  return { ja: lines.map(({ ja }) => ja).join('\n'), en: lines.map(({ en }) => en).join('\n') };
}

function lineOf(alarm: RequestAlarm): Bilingual {
  if (alarm.why === 'tasks-overdue') {
    const { count } = alarm;
    return {
      ja: `・期限を過ぎて回答のない作業: ${count} 件`,
      en: `- Tasks past their day, unanswered: ${count}`,
    };
  }
  const day = tokyoDay(alarm.at);
  const [ja, en] = [dayText(day, 'ja'), dayText(day, 'en')];
  switch (alarm.why) {
    case 'due-soon':
      return {
        ja: `・${ja}を過ぎると、本人は訴えを起こすことができます（個人情報保護法 39条）。`,
        en: `- After ${en} the person may sue (APPI 39).`,
      };
    case 'overdue':
      return {
        ja: `・${ja}を過ぎました。本人は訴えを起こすことができます（個人情報保護法 39条）。`,
        en: `- ${en} has passed: the person may sue (APPI 39).`,
      };
    case 'deferral-over':
      return {
        ja: `・延期は${ja}に終わりました。実施できます（個人情報保護法 35条）。`,
        en: `- Its deferral ended on ${en}: it can be carried out (APPI 35).`,
      };
  }
}
