import type { RequestDecision } from '../api/request-contract';
import { dayFromToday } from '../words/dates';
import { choicesOf, type DeskWords } from './desk-words';
import type { Field, Values } from './form-fields';
import type { StepForm, StepName, StepRoom } from './step-form';

type AnswerStep = Extract<StepName, 'decide' | 'execute' | 'notify' | 'complain' | 'close'>;
type Kind = NonNullable<DeskWords['choices']>['kinds'][number];

/** What ends in an answer to the person: the decision, what is done for it, what they are told, and the end. */
export const answerSteps: Readonly<Record<AnswerStep, (room: StepRoom) => StepForm>> = {
  decide: (room) => {
    const { request, words, w, language } = room;
    const { steps } = w.requests;
    const kind = words.choices?.kinds.find((one) => one.kind === request.kind);
    return {
      ...steps.decide,
      text: steps.decide.text(kind?.article[language] ?? ''),
      path: 'decisions',
      initial: {},
      fields: (values) => decisionFields(values, kind, room),
    };
  },

  execute: ({ w: { requests } }) => ({
    ...requests.steps.execute,
    path: 'executions',
    initial: {},
    fields: () => [
      {
        name: 'changed',
        label: requests.fields.changed,
        hint: requests.hints.changed,
        form: 'text',
        longest: 5000,
      },
    ],
  }),

  notify: ({ request, words, w: { requests } }) => {
    const { fields: f, hints: h, steps, ways } = requests;
    // Of whom nobody could tell who they are: they are told that, and nothing else.
    const about = request.verified ? 'decision' : 'unverifiable';
    const departs = (form: string | undefined): boolean =>
      request.verified && form !== undefined && form !== '' && form !== request.answerForm;
    const formReason: Field = { name: 'formReason', label: f.formReason, hint: h.formReason, form: 'text' };
    return {
      ...steps.notify,
      text: request.verified ? steps.notify.text : steps.notify.textUnverifiable,
      path: 'notifications',
      initial: { form: request.answerForm },
      fields: ({ form }) => [
        { name: 'form', label: f.form, form: 'menu', choices: choicesOf(words, 'answerForm') },
        ...(departs(form) ? [formReason] : []),
        {
          name: 'way',
          label: f.way,
          form: 'menu',
          choices: (['email', 'post', 'handed-over'] as const).map((value) => ({
            value,
            label: ways[value],
          })),
        },
        { name: 'said', label: f.said, hint: h.said, form: 'text', longest: 5000 },
        { name: 'proof', label: f.proof, hint: h.sendingProof, form: 'line' },
      ],
      body: (filled) => ({ about, ...filled }),
    };
  },

  complain: ({ w: { requests } }) => ({
    ...requests.steps.complain,
    path: 'complaints',
    initial: {},
    fields: () => [{ name: 'complaint', label: requests.fields.complaint, form: 'text', longest: 5000 }],
  }),

  close: ({ request, words, w: { requests } }) => {
    const outcomes = outcomesOf(request);
    const { fields: f, hints: h, steps } = requests;
    return {
      ...steps.close,
      path: 'closures',
      initial: { outcome: outcomes[0] ?? '' },
      fields: ({ outcome }) => [
        {
          name: 'outcome',
          label: f.outcome,
          form: 'radio',
          choices: choicesOf(words, 'outcome', outcomes),
        },
        ...(outcome === 'withdrawn'
          ? [{ name: 'reason', label: f.reason, hint: h.withdrawn, form: 'text' as const }]
          : []),
      ],
    };
  },
};

/** How a request may end now; the rules judge again. */
function outcomesOf({ standing, verified, originalId }: StepRoom['request']): readonly string[] {
  return [
    ...(standing === 'notified' ? ['answered'] : []),
    'withdrawn',
    ...(verified ? [] : ['unverifiable']),
    ...(originalId === undefined ? [] : ['duplicate']),
  ];
}

/** Which decisions the law of the kind leaves. */
function decisionsOf(kind: Kind | undefined): readonly RequestDecision[] {
  return [
    'accepted',
    'in-part',
    ...(kind === undefined || kind.refusals.length > 0 ? (['refused'] as const) : []),
    ...(kind?.deferrable === true ? (['deferred'] as const) : []),
  ];
}

function decisionFields(
  { decision, refusalGround }: Values,
  kind: Kind | undefined,
  { words, w: { requests }, language }: StepRoom,
): readonly Field[] {
  const { fields: f, hints: h } = requests;
  const refusals = kind?.refusals ?? [];
  const refuses = refusals.length > 0 && (decision === 'refused' || decision === 'in-part');
  const article = kind?.article[language];
  const refusal: Field = {
    name: 'refusalGround',
    label: f.refusalGround,
    hint: article,
    form: 'menu',
    choices: choicesOf(words, 'refusalGround', refusals),
  };
  const substitute: Field = { name: 'substitute', label: f.substitute, hint: h.substitute, form: 'text' };
  const deferral: readonly Field[] = [
    {
      name: 'deferredUnder',
      label: f.deferredUnder,
      hint: h.deferredUnder,
      form: 'menu',
      choices: (words.choices?.documents ?? []).map(({ code }) => ({
        value: code,
        label: words.document(code),
      })),
    },
    {
      name: 'deferredUntil',
      label: f.deferredUntil,
      hint: h.deferredUntil,
      form: 'day',
      earliest: dayFromToday(1),
    },
  ];
  return [
    {
      name: 'decision',
      label: f.decision,
      form: 'radio',
      choices: choicesOf(words, 'decision', decisionsOf(kind)),
    },
    ...(refuses ? [refusal] : []),
    ...(refuses && refusalGround === 'disproportionate-cost' ? [substitute] : []),
    ...(decision === 'deferred' ? deferral : []),
    { name: 'reason', label: f.reason, hint: h.decisionReason, form: 'text' },
  ];
}
