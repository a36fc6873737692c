/** The parts of the OpenAPI document that routes share. */

type Schemas = Record<string, unknown> | undefined;

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** Every route but the public ones answers problems in one form (RFC 9457). */
export const PROBLEM_RESPONSES = {
  '4XX': { $ref: '#/components/responses/ClientProblem' },
  '5XX': { $ref: '#/components/responses/ServerProblem' },
};

/** What a command's answer carries beside its body. */
export const COMMAND_HEADERS = {
  headers: {
    ETag: {
      description: 'Revision of the thing changed, for If-Match',
      schema: { type: 'string', examples: ['"3"'] },
    },
    'Enishi-Position': {
      description: 'Ledger position from which on views show the change',
      schema: { type: 'string', pattern: '^\\d+$' },
    },
  },
};

/** Sent with a query, it waits (at most five seconds) until its view has passed the position. */
export const POSITION_HEADER = {
  name: 'Enishi-Position',
  in: 'header',
  required: false,
  description: 'A position that a command answered: the query waits until it shows that command, else 503',
  schema: { type: 'string', pattern: '^\\d{1,19}$' },
};

/** Components named by hand, beside the schemas of the DTOs. */
export const SHARED_COMPONENTS = (schemas: Schemas) => ({
  schemas: {
    ...schemas,
    Problem: {
      type: 'object',
      description: 'RFC 9457 problem details. `code` is stable; no member holds a personal value.',
      required: ['type', 'title', 'status', 'code', 'instance'],
      properties: {
        type: { type: 'string', format: 'uri' },
        title: { type: 'string' },
        status: { type: 'integer' },
        code: { type: 'string' },
        instance: { type: 'string', format: 'uri' },
        errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'code', 'message'],
            properties: {
              path: { type: 'string' },
              code: { type: 'string' },
              message: { type: 'string' },
              messages: { $ref: '#/components/schemas/Messages' },
            },
          },
        },
        details: { type: 'object', description: 'Parameters of a refusal', additionalProperties: true },
        messages: { $ref: '#/components/schemas/Messages' },
      },
    },
    Messages: {
      type: 'object',
      description: 'A refusal in words',
      required: ['ja', 'en'],
      properties: { ja: { type: 'string' }, en: { type: 'string' } },
    },
    CommandAnswer: {
      type: 'object',
      description: 'What a command came to; ids of what it created beside',
      required: ['outcome', 'eventIds', 'position', 'revision'],
      properties: {
        outcome: { type: 'string', enum: ['done', 'unchanged'] },
        eventIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
        position: { type: 'string', pattern: '^\\d+$' },
        revision: { type: 'integer', minimum: -1 },
      },
      additionalProperties: true,
    },
  },
  responses: {
    ClientProblem: { description: 'The request is wrong, not allowed, or refused', content: problemContent },
    ServerProblem: {
      description: 'Not now: a view is behind, or the database is away',
      content: problemContent,
    },
  },
});
