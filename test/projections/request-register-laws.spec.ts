import { requestRegister } from '@enishi/projections/request-register/projection';
import { itObeysTheLaws } from './support/laws';
import { requestHistories } from './support/request-histories';

describe('request-register', () => {
  itObeysTheLaws(() => requestRegister, { of: requestHistories(60), runs: 20 });
});
