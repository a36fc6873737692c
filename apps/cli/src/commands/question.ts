import { CONTACT_CHANNELS } from '@enishi/domain';
import type { Option } from 'commander';
import type { Api } from '../http/api';
import { programmeIdOf, purposeIdOf } from '../names';
import { choice, option, required } from '../options';

/** Which purpose and channel a question is about. */
export interface QuestionOptions {
  readonly purpose: string;
  readonly channel: string;
  readonly programme?: string;
}

export const QUESTION: readonly Option[] = [
  required(option('--purpose <purpose>', 'code or id of the purpose')),
  required(choice('--channel <channel>', 'contact channel', CONTACT_CHANNELS)),
  option('--programme <programme>', 'code or id of a programme, with its eligibility rule'),
];

/** The same with ids, as the server takes it. */
export async function questionOf(api: Api, { purpose, channel, programme }: QuestionOptions) {
  return {
    purposeId: await purposeIdOf(api, purpose),
    channel,
    programmeId: programme === undefined ? undefined : await programmeIdOf(api, programme),
  };
}
