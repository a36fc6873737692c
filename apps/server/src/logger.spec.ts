import { createLogger } from './logger';

it('writes of an error its name, code and frames, never its message or what hangs on it', () => {
  const lines: string[] = [];
  const logger = createLogger('warn', { write: (line) => void lines.push(line) });
  const error = Object.assign(new Error('duplicate key: (縁野 結)'), {
    code: '23505',
    detail: 'Key (name)=(縁野 結) already exists.',
    client: { connectionParameters: { password: 'secret' } },
    cause: new Error('縁野 結'),
  });
  logger.warn({ err: error }, 'append failed');
  logger.warn({ request: { headers: { authorization: 'secret' }, body: '縁野 結' } }, 'request');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/縁野|secret|client/);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    msg: 'append failed',
    err: { name: 'Error', code: '23505', frames: expect.arrayContaining([expect.stringContaining(' at ')]) },
  });
});
