import type { RequestDetail, RequestTask } from '../api/request-contract';
import type { StepName } from './step-form';

/** What is open over the page of a request. */
export type Opened = StepName | 'match' | 'attach' | 'why';

/** What every tab of a request is given. */
export interface RequestTabProps {
  readonly request: RequestDetail;
  /** Opens a form, of one task where it is about one. */
  readonly onOpen: (what: Opened, task?: RequestTask) => void;
}
