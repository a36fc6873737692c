import { leafWriter } from '@enishi/worker';
import { itObeysTheLaws } from './support/laws';

describe('leaves', () => itObeysTheLaws(() => leafWriter('ledger')));
