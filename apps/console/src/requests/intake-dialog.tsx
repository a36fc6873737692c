import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { dayFromToday } from '../words/dates';
import { useWords, type Speaking } from '../words/language';
import { choicesOf, useDeskWords, type DeskWords } from './desk-words';
import { FormDialog } from './form-dialog';
import type { Field, Values } from './form-fields';

const BLANK: Values = { party: 'person', language: 'ja' };

interface IntakeDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Takes a request in that came on paper, by telephone, by mail or in person. */
export function IntakeDialog({ opened, onClose }: IntakeDialogProps): ReactNode {
  const { w } = useWords();
  const words = useDeskWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [values, setValues] = useState(BLANK);
  const receiving = useAct(
    (body: object, key) => act<{ requestId: string }>('POST', '/v1/requests', body, key),
    async ({ requestId }) => {
      setValues(BLANK);
      onClose();
      await queries.invalidateQueries({ queryKey: ['requests', 'list'] });
      await navigate({ to: '/requests/$requestId', params: { requestId } });
    },
  );
  if (!opened) return null;
  return (
    <FormDialog
      title={w.requests.receive}
      text={w.requests.receiveText}
      fields={intakeFields(values, words, w)}
      values={values}
      button={w.requests.receiveButton}
      busy={receiving.isPending}
      error={receiving.error}
      onChange={setValues}
      onSend={(body) => receiving.mutate(body)}
      onClose={onClose}
    />
  );
}

function intakeFields(values: Values, words: DeskWords, w: Speaking['w']): readonly Field[] {
  const f = w.requests.fields;
  const h = w.requests.hints;
  const kinds = words.choices?.kinds ?? [];
  const grounds = kinds.find(({ kind }) => kind === values['kind'])?.grounds ?? [];
  const agent: Field = { name: 'agent', label: f.agent, hint: h.agent, form: 'line', longest: 500 };
  return [
    { name: 'cameBy', label: f.cameBy, form: 'menu', choices: choicesOf(words, 'cameBy') },
    {
      name: 'arrivedAt',
      label: f.arrivedAt,
      hint: h.arrivedAt,
      form: 'day',
      latest: dayFromToday(0),
      optional: true,
    },
    {
      name: 'kind',
      label: f.kind,
      form: 'menu',
      choices: kinds.map(({ kind }) => ({ value: kind, label: words.kind(kind) })),
    },
    ...(grounds.length === 0
      ? []
      : [
          {
            name: 'ground',
            label: f.ground,
            hint: h.ground,
            form: 'menu' as const,
            choices: choicesOf(words, 'ground', grounds),
          },
        ]),
    { name: 'requester', label: f.requester, hint: h.requester, form: 'line', longest: 200 },
    { name: 'aboutThem', label: f.aboutThem, hint: h.aboutThem, form: 'line', longest: 1000, optional: true },
    { name: 'party', label: f.party, form: 'menu', choices: choicesOf(words, 'party') },
    ...(values['party'] === 'person' ? [] : [agent]),
    { name: 'asked', label: f.asked, hint: h.asked, form: 'text', longest: 5000 },
    { name: 'answerForm', label: f.answerForm, form: 'menu', choices: choicesOf(words, 'answerForm') },
    { name: 'answerTo', label: f.answerTo, form: 'line', longest: 500, optional: true },
    {
      name: 'language',
      label: f.language,
      form: 'menu',
      choices: (['ja', 'en'] as const).map((value) => ({ value, label: w.terms.language[value] })),
    },
  ];
}
