import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import type { Api } from '../../support/api';

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
/** What the OpenAPI document says of successful answers in JSON. */
export interface AnswerSchemas {
  /** Ids of the routes whose answers have a schema by name. */
  readonly declared: readonly string[];
  /** Every way in which an answer is not what is declared; members that are not declared are such a way. */
  problems(routeId: string, status: number, body: unknown): readonly string[];
}

/** Compiles the schemas that the server describes itself by. */
export async function answerSchemas(to: Api): Promise<AnswerSchemas> {
  const { paths, components } = (await to.get<Document>('/v1/openapi.json')).body;
  // Draft 2020-12, as OpenAPI 3.1 has it.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, closed(schema)]),
  );
  ajv.addSchema({ $id: 'api', components: { schemas } }, 'api');
  const compiled = new Map<string, ValidateFunction>();
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const schema = content?.['application/json']?.schema;
      const text = JSON.stringify(schema ?? {});
      if (!status.startsWith('2') || !text.includes('$ref')) continue;
      const resolved = JSON.parse(text.replaceAll('"#/', '"api#/')) as object;
      compiled.set(`${operation.operationId} ${status}`, ajv.compile(resolved));
    }
  }
  return {
    declared: [...new Set([...compiled.keys()].map((key) => key.split(' ')[0]!))].sort(),
    problems(routeId, status, body) {
      const validate = compiled.get(`${routeId} ${status}`);
      if (validate === undefined) return [`nothing is declared for ${routeId} ${status}`];
      validate(body);
      return (validate.errors ?? []).map(({ instancePath, message, params }) => {
        return `${routeId} ${instancePath}: ${message ?? ''} ${JSON.stringify(params)}`;
      });
    },
  };
}

/** A schema of an object that names its members, closed to others. */
function closed(schema: Schema): Schema {
  return schema.properties === undefined || schema.additionalProperties !== undefined
    ? schema
    : { ...schema, additionalProperties: false };
}
