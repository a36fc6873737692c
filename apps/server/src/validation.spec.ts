import 'reflect-metadata';
import { RegisterAlumnusDto, RevealDto } from './alumni/alumni.dto';
import { ProblemError } from './problem';
import { SearchRosterDto } from './roster/roster.dto';
import { validation } from './validation';

type Dto = typeof RegisterAlumnusDto | typeof RevealDto | typeof SearchRosterDto;

/** What is told of each field, by its path. */
async function told(metatype: Dto, body: object): Promise<object> {
  const problem = await validation.transform(body, { type: 'body', metatype }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(problem instanceof ProblemError)) throw new Error('not refused');
  const errors = problem.problem['errors'] as { path: string; code: string; messages: { en: string } }[];
  expect(JSON.stringify(problem.problem)).not.toContain('花子');
  return Object.fromEntries(errors.map(({ path, code, messages }) => [path, [code, messages.en]]));
}

it('tells one thing of each field, with the limits of its rule and without the value', async () => {
  const body = {
    source: '花子',
    name: { family: '花子'.repeat(60), given: 7 },
    birthDate: '2023-02-30',
    email: '花子',
    formerNames: [7],
    employment: { joinedOn: '花子', kind: '花子' },
    surprise: '花子',
  };
  expect(await told(RegisterAlumnusDto, body)).toEqual({
    source: ['matches', 'Must be lower-case letters, digits and hyphens, at most 41, such as hr.'],
    'name.family': ['maxLength', 'May have 100 characters at most.'],
    'name.given': ['isString', 'Must be text.'],
    birthDate: ['isDay', 'Must be a day that exists, of 1900 to 2200, as YYYY-MM-DD.'],
    email: ['isEmail', 'Must be an e-mail address.'],
    formerNames: ['isString', 'Must be text.'],
    employeeNumber: ['isDefined', 'Is required.'],
    'employment.joinedOn': ['isDay', 'Must be a day that exists, of 1900 to 2200, as YYYY-MM-DD.'],
    'employment.leftOn': ['isDefined', 'Is required.'],
    'employment.kind': ['isIn', expect.stringMatching(/^Must be one of: regular, contract, .*\.$/)],
    surprise: ['whitelistValidation', 'Is not known here.'],
  });
});

it('tells of lists, numbers and blanks', async () => {
  expect(await told(RevealDto, { fields: [], reason: ' ' })).toEqual({
    fields: ['arrayNotEmpty', 'Must name at least one.'],
    reason: ['matches', 'Must not be blank.'],
  });
  const search = { purposeId: '花子', channel: 'email', mode: 'excluded', limit: 501, eligible: 'yes' };
  expect(await told(SearchRosterDto, search)).toEqual({
    purposeId: ['isUuid', 'Must be an id (a UUID).'],
    limit: ['max', 'Must be 500 or less.'],
    eligible: ['isBoolean', 'Must be true or false.'],
  });
});
