import type { DataOf } from '../disclosure';
import type { Refusal } from '../kernel';
import { refuse } from '../refusals';

/**
 * The form that was asked for counts (33(2)). A disclosure may be on paper instead where the other form is difficult; any
 * departure needs its reason.
 */
export function formFault(
  told: { readonly form: DataOf<'RequestNotified'>['form']; readonly formReason?: string | undefined },
  { kind, answerForm }: Pick<DataOf<'RequestReceived'>, 'kind' | 'answerForm'>,
): Refusal | undefined {
  if (told.form === answerForm) return undefined;
  const disclosed = kind === 'disclosure' || kind === 'disclosure-of-provision-records';
  if (disclosed && told.form !== 'paper') return refuse('answer-form-differs');
  return (told.formReason ?? '').trim() === '' ? refuse('form-reason-missing') : undefined;
}
