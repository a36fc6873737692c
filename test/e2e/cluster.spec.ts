import { startCluster } from './support/cluster';
import { tellOfTheCluster } from './support/cluster-story';

jest.setTimeout(180_000);

describe('two servers and two workers on one ledger', () => {
  tellOfTheCluster(() => startCluster('cluster'));
});
