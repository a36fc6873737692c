import {
  CAPTURE_CHANNELS,
  CONSENT_METHODS,
  CONSENT_PARTIES,
  CONTACT_CHANNELS,
  IDENTITY_CHECKS,
} from '@enishi/domain';
import type { Option } from 'commander';
import { badInput } from '../failure';
import type { Api } from '../http/api';
import { openSource, readText, stdinTwice } from '../input';
import { leaf, type Group } from '../leaf';
import { present, type Json } from '../members';
import { alumnusIdOf, purposeIdOf } from '../names';
import { choice, choices, count, option, required, time } from '../options';
import type { Session } from '../session';
import { showDone } from './answer';
import { EVIDENCE } from './evidence';

const LARGEST_ARTEFACT = 20 * 1024 * 1024;
const UPLOAD_WITHIN_MS = 10 * 60_000;
const EVIDENCE_NOTE =
  'method is the form of the answer, capture where it was taken in, identity how it was confirmed who answered.\n' +
  '--evidence - reads the text from standard input; it and the artefact are kept sealed.';

interface Options {
  readonly purpose: string;
  readonly channel?: readonly string[];
  readonly capture: string;
  readonly method?: string;
  readonly identity?: string;
  readonly party?: string;
  readonly language?: string;
  readonly effective?: string;
  readonly expires?: string;
  readonly version?: number;
  readonly evidence?: string;
  readonly artefact?: string;
  readonly representativeName?: string;
  readonly representativeRelation?: string;
}

const PURPOSE = required(option('--purpose <purpose>', 'code or id of the purpose'));
const CHANNELS = required(choices('--channel <channels>', 'contact channels it is about', CONTACT_CHANNELS));
const CAPTURE = required(choice('--capture <channel>', 'where it was taken in', CAPTURE_CHANNELS));
const LANGUAGE = choice('--language <language>', 'language of the notice they read', ['ja', 'en']).default(
  'ja',
);
const EFFECTIVE = time('--effective <time>', 'when they said so; a day begins in Asia/Tokyo (default: now)');

const EXPRESSION: readonly Option[] = [
  required(choice('--method <method>', 'form of the answer', CONSENT_METHODS)),
  CAPTURE,
  required(choice('--identity <check>', 'how their identity was confirmed', IDENTITY_CHECKS)),
  choice('--party <party>', 'who answered', CONSENT_PARTIES),
  option('--evidence <text>', 'what a reviewer must know (- for standard input)'),
  option('--representative-name <name>', 'legal representative who answered (- for standard input)'),
  option('--representative-relation <text>', 'their relation to the person'),
  option('--artefact <file>', 'scan or mail that shows it, at most 20 MiB'),
  EFFECTIVE,
];

const ANSWER: readonly Option[] = [
  PURPOSE,
  CHANNELS,
  ...EXPRESSION,
  LANGUAGE,
  count(
    '--version <number>',
    'version of the purpose they read (default: in force at that time)',
    1,
    100_000,
  ),
];

const request = leaf<Options>({
  usage: 'request <alumnus>',
  summary: 'note that a person is asked for consent',
  examples: ['consent request 3f2a9c1e --purpose rehire --channel email --capture email'],
  options: [PURPOSE, CHANNELS, CAPTURE, LANGUAGE],
  async act(session, { channel, capture, language, purpose }, [name = '']) {
    const api = await session.api();
    const body = { channels: channel, captureChannel: capture, language };
    const answer = await api.command('POST', await pathOf(api, name, purpose, 'requests'), body);
    await showDone(session, answer, { ja: '同意の依頼を記録しました', en: 'Request recorded' });
  },
});

const grant = leaf<Options>({
  usage: 'grant <alumnus>',
  summary: 'record that a person consents',
  examples: [
    'consent grant 3f2a9c1e --purpose rehire --channel email --method document --capture paper --identity document-seen',
    'consent grant 3f2a9c1e --purpose rehire --channel email,phone --method document --capture exit-interview ' +
      '--identity known-in-person --effective 2026-10-31 --artefact form.pdf',
  ],
  notes: EVIDENCE_NOTE,
  options: [...ANSWER, time('--expires <time>', 'when it ends (default: by the validity of the purpose)')],
  async act(session, options, [name = '']) {
    const answer = await answered(session, options, name, 'grants');
    await showDone(
      session,
      { ...answer },
      { ja: '同意を記録しました', en: 'Consent recorded' },
      firstId(answer),
    );
  },
});

const refuse = leaf<Options>({
  usage: 'refuse <alumnus>',
  summary: 'record that a person refuses',
  examples: [
    'consent refuse 3f2a9c1e --purpose rehire --channel phone --method oral --capture oral --identity call-back',
  ],
  notes: EVIDENCE_NOTE,
  options: ANSWER,
  async act(session, options, [name = '']) {
    const answer = await answered(session, options, name, 'refusals');
    await showDone(
      session,
      { ...answer },
      { ja: '拒否を記録しました', en: 'Refusal recorded' },
      firstId(answer),
    );
  },
});

const withdraw = leaf<Options>({
  usage: 'withdraw <alumnus>',
  summary: 'record that a person withdraws; honoured at once',
  examples: [
    'consent withdraw 3f2a9c1e --purpose rehire --channel email --method email --capture email --identity registered-address',
  ],
  notes: `${EVIDENCE_NOTE}\nWithout --channel: every channel.`,
  options: [
    PURPOSE,
    choices('--channel <channels>', 'only these contact channels', CONTACT_CHANNELS),
    ...EXPRESSION,
    choice('--language <language>', 'language it was said in', ['ja', 'en']),
  ],
  async act(session, options, [name = '']) {
    const channel = options.channel ?? CONTACT_CHANNELS;
    const answer = await answered(session, { ...options, channel }, name, 'withdrawals');
    await showDone(
      session,
      { ...answer },
      { ja: '撤回を記録しました', en: 'Withdrawal recorded' },
      firstId(answer),
    );
  },
});

const invalidate = leaf<{ purpose: string; event: string; reason: string }>({
  usage: 'void <alumnus>',
  summary: 'void an answer that was recorded in error: it never was (not a withdrawal)',
  examples: ['consent void 3f2a9c1e --purpose rehire --event 0b6c…(id) --reason "form of another person"'],
  notes: 'The event id stands in `enishi history <alumnus>`.',
  options: [
    PURPOSE,
    required(option('--event <id>', 'id of the grant or refusal')),
    required(option('--reason <text>', 'why, kept sealed (- for standard input)')),
  ],
  async act(session, { purpose, event, reason }, [name = '']) {
    const api = await session.api();
    const body = { eventId: event, reason: await readText(session.io, reason) };
    const answer = await api.command('POST', await pathOf(api, name, purpose, 'invalidations'), body);
    await showDone(session, answer, { ja: '誤記録を取り消しました', en: 'Answer voided' });
  },
});

/** `enishi consent …` */
export const CONSENT: Group = {
  name: 'consent',
  summary: 'one person’s answers: request, grant, refuse, withdraw, void, evidence',
  leaves: [request, grant, refuse, withdraw, invalidate, EVIDENCE],
};

async function answered(session: Session, options: Options, name: string, what: string): Promise<Answer> {
  const api = await session.api();
  const path = await pathOf(api, name, options.purpose, what);
  const artefactId =
    options.artefact === undefined ? undefined : await keep(session, api, name, options.artefact);
  const body = present({
    ...(await expressionOf(session, options)),
    channels: options.channel,
    purposeVersion: options.version,
    language: options.language,
    representative: await representativeOf(session, options),
    artefactId,
    effectiveAt: options.effective,
    expiresAt: options.expires,
  });
  return api.command<Answer>('POST', path, body);
}

interface Answer {
  readonly outcome: 'done' | 'unchanged';
  readonly eventIds: readonly string[];
}

async function expressionOf(session: Session, options: Options): Promise<Json> {
  const { capture, method, identity, evidence, representativeName } = options;
  const party = options.party ?? (representativeName === undefined ? 'person' : 'legal-representative');
  return {
    captureChannel: capture,
    method,
    party,
    identityCheck: identity,
    evidence: evidence === undefined ? undefined : await readText(session.io, evidence),
  };
}

async function representativeOf(session: Session, options: Options): Promise<Json | undefined> {
  const { representativeName: name, representativeRelation: relation, party, evidence } = options;
  if (name === undefined && relation === undefined && party !== 'legal-representative') return undefined;
  if (name === undefined || relation === undefined) {
    throw badInput(
      'representative-missing',
      '法定代理人には --representative-name と --representative-relation の両方が必要です。',
      'A legal representative needs both --representative-name and --representative-relation.',
    );
  }
  if (name === '-' && evidence === '-') {
    throw stdinTwice();
  }
  return { name: await readText(session.io, name), relation };
}

async function keep(session: Session, api: Api, name: string, file: string): Promise<string> {
  const { open } = await openSource(session.io, file, LARGEST_ARTEFACT);
  const path = `/v1/alumni/${await alumnusIdOf(api, name)}/artefacts`;
  return (await api.upload<{ artefactId: string }>(path, open, UPLOAD_WITHIN_MS)).artefactId;
}

async function pathOf(api: Api, alumnus: string, purpose: string, what: string): Promise<string> {
  const alumnusId = await alumnusIdOf(api, alumnus);
  return `/v1/alumni/${alumnusId}/consents/${await purposeIdOf(api, purpose)}/${what}`;
}

function firstId(answer: Partial<Answer>): string | undefined {
  return answer.eventIds?.[0];
}
