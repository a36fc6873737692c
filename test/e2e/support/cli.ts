import { enishi, type Ran } from '../../cli/server';
import { api } from '../../support/api';
import type { TestServer } from '../../support/server';
import { caughtUp } from './steps';

export type { Ran };

/**
 * The command line, talking to this server. It runs here, as in test/cli/: what a process of its own adds is shown by the tour of
 * README, which types every command into a shell. It answers when every view has what the command brought: whoever asks next,
 * as somebody else, finds it there.
 */
export function cliOf(server: TestServer): (args: readonly string[]) => Promise<Ran> {
  const { home, url, token } = server;
  const to = api(server);
  const settings = { ENISHI_HOME: home, ENISHI_URL: url, ENISHI_TOKEN: token };
  return async (args) => {
    const ran = await enishi(args, settings);
    await caughtUp(to);
    return ran;
  };
}
