import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from './start-error';

/** The operating-system user that PostgreSQL runs as, in the shape `spawn` takes; empty = our own. */
export interface SystemUser {
  readonly uid?: number;
  readonly gid?: number;
}

const NAME = 'postgres';

function lookUp(): SystemUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${NAME}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** PostgreSQL refuses to run as root: then it runs as user `postgres`, which is made where it is missing. */
export function systemUser(): SystemUser {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp();
  if (found) return found;
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME],
      {
        stdio: 'pipe',
      },
    );
  } catch {
    // Two first starts at once, or a group of that name without the user: look again before giving up.
    try {
      execFileSync('useradd', ['--system', '--gid', NAME, '--no-create-home', NAME], { stdio: 'pipe' });
    } catch {
      // Told below.
    }
  }
  const made = lookUp();
  if (made) return made;
  throw new StartError(
    'postgres-failed',
    `PostgreSQL does not run as root, and the user ${NAME} that it needs could not be made.`,
    `Start as an ordinary user, or make that user first (\`useradd --system ${NAME}\`).`,
  );
}

/**
 * Checks that `user` can enter every folder on the way to `path` (the folder itself included).
 *
 * @throws StartError `home-unreachable`, naming the outermost folder that shuts it out.
 */
export function checkReachable(path: string, user: SystemUser): void {
  if (user.uid === undefined) return;
  const folders: string[] = [];
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  const shut = folders.find((folder) => {
    const { uid, gid, mode } = statSync(folder);
    const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    return (mode & enter) === 0;
  });
  if (shut === undefined) return;
  throw new StartError(
    'home-unreachable',
    `Started by root, PostgreSQL runs as user ${NAME}, and that user cannot enter ${shut} on the way to ${path}.`,
    `Run \`chmod o+x ${shut}\`, or use a folder elsewhere (ENISHI_HOME for the data), or start as an ordinary user.`,
  );
}
