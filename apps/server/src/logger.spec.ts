import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { correlated, createLogger } from './logger';
import { limited } from './repeated-lines';
import { VERSION } from './version';

function written(level = 'warn') {
  const lines: string[] = [];
  const logger = createLogger(level, ['api'], { write: (line) => void lines.push(line) });
  return { lines, logger, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

it('writes of an error its name, code and frames, never its message or what hangs on it', () => {
  const { lines, logger } = written();
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

it('writes with each line version and roles, and the correlation id where there is a request', async () => {
  const { logger, read } = written('info');
  logger.info({}, 'outside');
  await correlated('one', async () => {
    await sleep(1);
    logger.info({}, 'inside');
    logger.info({ correlationId: 'own' }, 'says so itself');
  });
  expect(read()).toMatchObject([
    { msg: 'outside', service: 'enishi', version: VERSION, roles: ['api'] },
    { msg: 'inside', correlationId: 'one' },
    { msg: 'says so itself', correlationId: 'own' },
  ]);
  expect(read()[0]).not.toHaveProperty('correlationId');
});

it('writes five of a warning that repeats, then how many more there were; errors and other warnings all', async () => {
  const lines: string[] = [];
  const logger = pino({ hooks: { logMethod: limited(50) } }, { write: (line) => void lines.push(line) });
  for (let n = 0; n < 12; n++) {
    logger.warn({ code: 'ECONNREFUSED', attempt: n }, 'read not answered');
    logger.error({ n }, 'request failed');
  }
  logger.warn({ code: 'ECONNRESET' }, 'read not answered');
  const messages = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(messages().filter(({ code }) => code === 'ECONNREFUSED')).toHaveLength(5);
  expect(messages().filter(({ code }) => code === 'ECONNRESET')).toHaveLength(1);
  expect(messages().filter(({ msg }) => msg === 'request failed')).toHaveLength(12);
  while (!messages().some((line) => 'suppressed' in line)) await sleep(10);
  expect(messages().at(-1)).toMatchObject({ msg: 'read not answered', code: 'ECONNREFUSED', suppressed: 7 });
});
