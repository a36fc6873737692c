import { leaf } from '../leaf';
import { option } from '../options';
import { importFile, type Options } from './import-leavers';
import { importOf } from './import-of';

/** `enishi import consents` */
export const CONSENTS = leaf<Options>({
  usage: 'consents <file>',
  summary: 'import a file of consents; the same file twice changes nothing',
  examples: [
    'import consents consents.csv',
    'import consents 同意一覧.xlsx --sheet 2025年度 --dry-run',
    'import consents consents.csv --map 同意の種類=purpose 署名日=effectiveAt',
    'import consents consents.csv --evidence scans.zip --dry-run',
  ],
  notes:
    'CSV or an Excel workbook (.xlsx) with: employeeNumber, fullName (must be that of the employee number), purpose\n' +
    '(its code), channels (email, phone, sms, post, line, sns; several by comma), answer (granted, refused,\n' +
    'withdrawn), effectiveAt (a day or a time, in Asia/Tokyo), method (oral, document, email, checkbox, button-click,\n' +
    'voice-or-touch-input), captureChannel (web-form, paper, exit-interview, email, oral), identityCheck\n' +
    '(known-in-person, document-seen, registered-address, signed-link, call-back,\n' +
    'employee-number-and-birth-date); and, where they are known, purposeVersion, language (ja, en), evidence.\n' +
    'Usual Japanese words are read too. A consent without version, language or evidence counts only once\n' +
    'compliance approves the import: `enishi import approve`. Problems are printed without the cell.\n' +
    'With --evidence rows find their scan (PDF, PNG, JPEG, TIFF; 20 MiB each) by its name in the column of\n' +
    'evidenceFile; a consent whose scan is not there is refused. Scans that no row names are told and not kept.',
  options: [
    option('--map <header=field...>', 'what columns fill; `ignore` leaves one out'),
    option('--sheet <sheet>', 'sheet of a workbook, by name or by number from the left'),
    option('--evidence <place>', 'folder or zip with the scans that rows name'),
    option('--source <name>', 'HR system the file comes from (default: hr)'),
    option('--dry-run', 'read everything, import nothing'),
    option('--keep', 'after a dry run, keep the upload for `enishi import run`'),
    option('--strict', 'end with 6 when rows were refused'),
    option('--show-map', 'show how the file would be read, and stop'),
    option('--all-problems', 'print every problem, not only the first 50'),
  ],
  act: (session, options, [file = '']) => importFile(session, options, file, 'consents'),
});

/** `enishi import approve` */
export const APPROVE = leaf<object>({
  usage: 'approve <import>',
  summary: 'take the consents of an import whose evidence is incomplete for consents (compliance)',
  examples: ['import approve 9c1e3f2a'],
  notes: 'Repeating it is safe, and goes on where it was.',
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const { importId } = await importOf(api, name);
    const answer = await api.command<{ readonly importId: string; readonly approved: number }>(
      'POST',
      `/v1/imports/${importId}/approve`,
    );
    await session.show(answer, () =>
      session.t(`${answer.approved} 件の同意を承認しました。\n`, `${answer.approved} consents approved\n`),
    );
  },
});
