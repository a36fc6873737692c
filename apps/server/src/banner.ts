import type { ServerConfig } from './config';
import { mailOf } from './mail/mail';

/** One problem and its remedy, as printed on a terminal. */
export function sentence(problem: string, remedy: string): string {
  return `${problem}\n  → ${remedy}\n`;
}

/**
 * What a person sees when everything runs: where to open it, who can sign in, what to try next.
 * @param people who can sign in with one click; development only
 * @param milliseconds how long the start took
 */
export function banner(config: ServerConfig, people: readonly string[], milliseconds: number): string {
  const lines = [
    '',
    `Enishi 縁 is ready (${(milliseconds / 1000).toFixed(1)} s)`,
    '',
    `  Open     ${config.ENISHI_PUBLIC_URL}`,
  ];
  if (config.ENISHI_MODE === 'development') {
    lines.push(`  Sign in  ${people.join(', ')}: one click, no password`);
    if (mailOf(config) === 'catcher')
      lines.push(`  Mail     ${config.ENISHI_PUBLIC_URL}/dev-mail: it goes no further`);
    lines.push(`  Mode     development: on this machine only, for invented people`);
    lines.push('', '  Next, in another terminal:');
    lines.push('    1. npx enishi company set --template demo      say who you are');
    lines.push('    2. npx enishi sample --rows 400 > leavers.csv  invent some leavers');
    lines.push('       npx enishi import leavers leavers.csv       and bring them in');
    lines.push('    3. npx enishi purpose create --template rehire --publish');
    lines.push('       npx enishi roster --purpose rehire --channel email --approachable');
  }
  lines.push('', '  Ctrl-C stops everything.', '');
  return `${lines.join('\n')}\n`;
}
