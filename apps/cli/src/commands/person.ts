import { EMPLOYMENT_KINDS, LEAVING_KINDS } from '@enishi/domain';
import type { Option } from 'commander';
import { present, type Json } from '../members';
import { choice, day, option, words } from '../options';

/** A person's values as flags. What is typed stays in a shell's history: files and standard input do not. */

type Flags = Readonly<Record<string, unknown>>;

/** Said in the help of every command that takes a person's values. */
export const VALUES_NOTE =
  'Arguments stay in the shell history and show in the process list: personal values are better given with\n' +
  '--file - (JSON on standard input) or a file. Flags go before the file.';

export const FILE = option('--file <file>', 'JSON file with the values (- for standard input)');

/** Flags for what is known about a person. */
export function personOptions(): Option[] {
  return [
    FILE,
    option('--family <name>', 'family name'),
    option('--given <name>', 'given name'),
    option('--family-kana <kana>', 'reading of the family name'),
    option('--given-kana <kana>', 'reading of the given name'),
    words('--former-names <names>', 'former names'),
    day('--birth-date <day>', 'date of birth'),
    option('--email <address>', 'private mail address'),
    option('--phone <number>', 'private telephone'),
    option('--postal-address <text>', 'private address'),
    option('--line-id <id>', 'LINE id'),
  ];
}

/** Flags for one employment. */
export function employmentOptions(): Option[] {
  return [
    option('--department <name>', 'department at the end'),
    option('--job <name>', 'job'),
    choice('--kind <kind>', 'kind of employment', EMPLOYMENT_KINDS),
    day('--joined <day>', 'first day'),
    day('--left <day>', 'last day'),
    choice('--leaving-kind <kind>', 'how they left', LEAVING_KINDS),
  ];
}

/** The person's members of a request body, as far as flags name them. */
export function personOf(flags: Flags): Json {
  return present({
    name: present({ family: flags.family, given: flags.given }),
    kana: present({ family: flags.familyKana, given: flags.givenKana }),
    formerNames: flags.formerNames,
    birthDate: flags.birthDate,
    email: flags.email,
    phone: flags.phone,
    postalAddress: flags.postalAddress,
    lineId: flags.lineId,
  });
}

/** The employment of a request body, as far as flags name it. */
export function employmentOf(flags: Flags): Json {
  return present({
    department: flags.department,
    job: flags.job,
    kind: flags.kind,
    joinedOn: flags.joined,
    leftOn: flags.left,
    leavingKind: flags.leavingKind,
  });
}
