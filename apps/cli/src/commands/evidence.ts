import type { TimedEvent } from '../answers';
import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import { readText } from '../input';
import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { option, required } from '../options';
import { writeFileWhole } from '../output-file';
import { facts } from '../output/table';
import type { Session } from '../session';
import { readPages } from './pages';

interface Options {
  readonly event: string;
  readonly reason: string;
  readonly artefact?: string;
  readonly force?: boolean;
}

interface Shown {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly erased: readonly string[];
  readonly withheld: readonly string[];
}

/** `enishi consent evidence` */
export const EVIDENCE = leaf<Options>({
  usage: 'evidence <alumnus>',
  summary: 'show what is sealed in one event about a person: evidence, representative, reason',
  examples: [
    'consent evidence 3f2a9c1e --event 0b6c…(id) --reason "audit of 2026-11"',
    'consent evidence 3f2a9c1e --event 0b6c…(id) --reason - --artefact form.bin',
  ],
  notes: 'The event id stands in `enishi history <alumnus>`. For compliance and auditors.',
  options: [
    required(option('--event <id>', 'id of the event')),
    required(option('--reason <text>', 'why, kept in the access log (- for standard input)')),
    option('--artefact <file>', 'write the scan or mail kept with it to this file'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { event, reason, artefact, force }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}`;
    const why = await readText(session.io, reason);
    const shown = await api.search<Shown>(`${path}/events/${encodeURIComponent(event)}/reveal`, {
      reason: why,
    });
    if (artefact !== undefined) await save(api, path, event, why, artefact, force === true);
    await session.show(shown, () => shownText(session, shown));
  },
});

async function save(
  api: Api,
  path: string,
  eventId: string,
  reason: string,
  file: string,
  force: boolean,
): Promise<void> {
  const { rows } = await readPages(async (cursor) => {
    const query = { cursor, limit: 500 };
    const page = await api.get<{ events: TimedEvent[]; cursor?: string }>(`${path}/history`, query);
    return { rows: page.events, next: page.cursor };
  }, true);
  const artefactId = rows.find((one) => one.eventId === eventId)?.fields?.artefactId;
  if (typeof artefactId !== 'string') {
    throw new Failure(EXIT.notFound, 'artefact-none', {
      ja: 'このイベントに添えたファイルはありません。',
      en: 'No file is kept with this event.',
    });
  }
  if (/\p{Cc}/u.test(reason)) {
    throw badInput('reason-not-valid', '理由は一行で書いてください。', 'Write the reason on one line.');
  }
  const headers = { 'enishi-reason': encodeURIComponent(reason) };
  await writeFileWhole(file, await api.open(`${path}/artefacts/${artefactId}`, {}, headers), force);
}

function shownText(session: Session, { values, erased, withheld }: Shown): string {
  const rows = Object.entries(values).map(([field, value]) => [field, valueText(value)] as const);
  const none = rows.length + erased.length + withheld.length === 0;
  return facts([
    ...rows,
    [session.t('消去済み', 'Erased'), erased.join(', ')],
    [session.t('権限の範囲外', 'Withheld'), withheld.join(', ')],
    ['', none ? session.t('封じた内容はありません。', 'Nothing is sealed in it.') : undefined],
  ]);
}

function valueText(value: unknown): unknown {
  const isParts = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isParts ? Object.values(value).join(', ') : value;
}
