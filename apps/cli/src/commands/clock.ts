import { leaf, type Group } from '../leaf';
import { day, required } from '../options';
import { facts } from '../output/table';
import { when } from '../output/when';
import { showDone } from './answer';

interface Clock {
  readonly now: string;
  readonly day: string;
  readonly asks: boolean;
  readonly asksSince?: string;
  readonly seen?: string;
}

const show = leaf<object>({
  usage: 'show',
  summary: 'what time it is on the server, and whether that is believed',
  examples: ['clock', 'clock show --json'],
  isDefault: true,
  async act(session) {
    const clock = await (await session.api()).get<Clock>('/v1/clock');
    await session.show(clock, () => {
      const lines = facts([
        [session.t('サーバーの時刻', 'Server'), when(clock.now)],
        [session.t('確かめた時刻', 'Believed'), when(clock.seen)],
      ]);
      if (!clock.asks) return lines;
      const asks = session.t(
        `時計が 1 時間より先に進みました。日付が正しければ: enishi clock confirm --day ${clock.day}`,
        `The clock is more than an hour ahead. If the day is right: enishi clock confirm --day ${clock.day}`,
      );
      return `${lines}${session.palette.bad('✗')} ${asks}\n`;
    });
  },
});

const confirm = leaf<{ day: string }>({
  usage: 'confirm',
  summary: 'say which day it is, after the clock has jumped ahead or the server was off',
  examples: ['clock confirm --day 2026-11-24'],
  notes: 'Until then nothing happens by the date. Take the day from elsewhere, not from the server.',
  options: [required(day('--day <day>', 'today, in Japan'))],
  async act(session, { day: today }) {
    const answer = await (
      await session.api()
    ).command<Record<string, unknown>>('POST', '/v1/clock/confirmations', { day: today });
    await showDone(session, answer, { ja: '時計を確認しました', en: 'Clock confirmed' });
  },
});

/** `enishi clock …` */
export const CLOCK: Group = {
  name: 'clock',
  summary: 'the clock by which days begin, and confirming it',
  leaves: [show, confirm],
};
