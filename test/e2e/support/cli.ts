import { enishi, type Ran } from '../../cli/server';
import type { TestServer } from '../../support/server';

export type { Ran };

/**
 * The command line, talking to this server. It runs here, as in test/cli/: what a process of its own adds is shown by the tour of
 * README, which types every command into a shell.
 */
export function cliOf({ home, url, token }: TestServer): (args: readonly string[]) => Promise<Ran> {
  const settings = { ENISHI_HOME: home, ENISHI_URL: url, ENISHI_TOKEN: token };
  return (args) => enishi(args, settings);
}
