import { IDENTITY_CHECKS } from '../api/request-contract';
import { dayFromToday } from '../words/dates';
import { choicesOf, clerkChoices } from './desk-words';
import type { Field } from './form-fields';
import type { StepForm, StepName, StepRoom } from './step-form';

type DeskStep = Extract<
  StepName,
  'identity' | 'assign' | 'note' | 'pause' | 'fee' | 'link' | 'task' | 'answer'
>;

/** What clerks do with a request before it is decided, and beside it. */
export const deskSteps: Readonly<Record<DeskStep, (room: StepRoom) => StepForm>> = {
  identity: ({ request, w }) => {
    const { fields: f, hints: h, steps, results } = w.requests;
    const authority: Field = { name: 'authority', label: f.authority, hint: h.authority, form: 'text' };
    return {
      ...steps.identity,
      path: 'identity-checks',
      initial: {},
      fields: ({ result }) => [
        {
          name: 'result',
          label: f.result,
          form: 'radio',
          choices: (['verified', 'not-verified'] as const).map((value) => ({ value, label: results[value] })),
        },
        {
          name: 'method',
          label: f.method,
          form: 'menu',
          choices: IDENTITY_CHECKS.map((value) => ({ value, label: w.terms.identityCheck[value] })),
        },
        { name: 'seen', label: f.seen, hint: h.seen, form: 'text' },
        ...(request.party !== 'person' && result === 'verified' ? [authority] : []),
      ],
    };
  },

  assign: ({ request, words, w, accountId }) => {
    const { fields: f, hints: h, steps } = w.requests;
    const clerks = clerkChoices(words);
    return {
      ...steps.assign,
      path: 'assignments',
      initial: { assigneeId: request.assigneeId ?? accountId, deputyId: request.deputyId ?? '' },
      fields: ({ assigneeId }) => [
        { name: 'assigneeId', label: f.assigneeId, form: 'menu', choices: clerks },
        {
          name: 'deputyId',
          label: f.deputyId,
          hint: h.deputyId,
          form: 'menu',
          optional: true,
          choices: clerks.filter(({ value }) => value !== assigneeId),
        },
      ],
    };
  },

  note: ({ w: { requests } }) => ({
    ...requests.steps.note,
    path: 'notes',
    initial: {},
    fields: () => [{ name: 'note', label: requests.fields.note, form: 'text', longest: 5000 }],
  }),

  pause: ({ w: { requests } }) => ({
    ...requests.steps.pause,
    path: 'pauses',
    initial: {},
    fields: () => [
      { name: 'reason', label: requests.fields.reason, hint: requests.hints.pause, form: 'text' },
    ],
  }),

  fee: ({ request, w: { requests } }) => ({
    ...requests.steps.fee,
    path: 'fees',
    initial: request.fee === undefined ? {} : { amount: String(request.fee) },
    fields: () => [{ name: 'amount', label: requests.fields.amount, form: 'line', longest: 6 }],
    body: ({ amount }) => ({ amount: Number(amount) }),
  }),

  link: ({ w: { requests }, others }) => ({
    ...requests.steps.link,
    path: 'links',
    initial: {},
    fields: () => [{ name: 'originalId', label: requests.fields.originalId, form: 'menu', choices: others }],
  }),

  task: ({ words, w: { requests }, accountId }) => {
    const { fields: f, hints: h } = requests;
    return {
      ...requests.steps.task,
      path: 'tasks',
      initial: { ownerId: accountId, dueOn: dayFromToday(7) },
      fields: () => [
        { name: 'system', label: f.system, hint: h.system, form: 'line', longest: 100 },
        { name: 'task', label: f.task, hint: h.task, form: 'text' },
        { name: 'ownerId', label: f.ownerId, form: 'menu', choices: clerkChoices(words) },
        { name: 'dueOn', label: f.dueOn, form: 'day', earliest: dayFromToday(0) },
      ],
    };
  },

  answer: ({ words, w: { requests }, task }) => {
    const { fields: f, hints: h, steps } = requests;
    return {
      ...steps.answer,
      text: [task?.system, task?.task].filter(Boolean).join(' — '),
      path: `tasks/${task?.taskId ?? ''}/answers`,
      initial: {},
      fields: () => [
        { name: 'answer', label: f.answer, form: 'radio', choices: choicesOf(words, 'taskAnswer') },
        { name: 'proof', label: f.proof, hint: h.taskProof, form: 'text' },
      ],
    };
  },
};
