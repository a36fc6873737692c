import { answerSteps } from './answer-steps';
import { deskSteps } from './desk-steps';
import type { StepForm, StepName, StepRoom } from './step-form';

const STEPS: Readonly<Record<StepName, (room: StepRoom) => StepForm>> = { ...deskSteps, ...answerSteps };

/** The form of a step. */
export function stepForm(step: StepName, room: StepRoom): StepForm {
  return STEPS[step](room);
}
