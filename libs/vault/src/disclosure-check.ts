import type { Category, EventDeclaration, FieldKind, Json, JsonObject, SubjectKind } from '@enishi/domain';
import { canonical } from '@enishi/transparency';
import { NotDeclared } from './errors';

/** Looks up an event type's declaration. @throws for a type the table does not know. */
export type Declarations = (type: string) => EventDeclaration;

/** An event's data, checked and parted into what may stand in clear and what must be sealed. */
export interface Parted {
  readonly version: number;
  readonly clear: Record<string, Json>;
  /** Absent for an event that seals nothing. */
  readonly subject: `${SubjectKind}:${string}` | undefined;
  /** Category → (field, canonical value) pairs, fields in code-unit order. */
  readonly groups: ReadonlyMap<Category, readonly (readonly [field: string, value: string])[]>;
}

const OPAQUE_ID = /^[0-9a-zA-Z_-]{1,64}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** Why a clear value is not of its kind; `undefined` when it is. */
function problemOf(kind: FieldKind, value: unknown): string | undefined {
  switch (kind.kind) {
    case 'opaque-id':
      return isOpaqueId(value) ? undefined : 'is not an opaque id';
    case 'opaque-ids':
      return Array.isArray(value) && value.every(isOpaqueId) ? undefined : 'is not a list of opaque ids';
    case 'instant':
      return typeof value === 'string' && isInstant(value)
        ? undefined
        : 'is not an instant in UTC with milliseconds and Z';
    case 'number':
      return Number.isSafeInteger(value) ? undefined : 'is not an integer within 2^53';
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'is not true or false';
    case 'digest':
      return typeof value === 'string' && DIGEST.test(value)
        ? undefined
        : 'is not a SHA-256 in lower-case hex';
    case 'enum': {
      const listed = (one: unknown): boolean => typeof one === 'string' && kind.values.includes(one);
      const fits = kind.many ? Array.isArray(value) && value.every(listed) : listed(value);
      return fits
        ? undefined
        : kind.many
          ? 'is not a list of the values listed'
          : 'is not one of the values listed';
    }
    default:
      return canonicalOf(value) === undefined ? 'has no canonical form' : undefined;
  }
}

function isOpaqueId(value: unknown): boolean {
  return typeof value === 'string' && OPAQUE_ID.test(value);
}

function isInstant(text: string): boolean {
  if (!INSTANT.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

function canonicalOf(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    // The cause may quote the value; only the fact that there is none is told.
    return undefined;
  }
}

/** Optional members of one shape count as absent when `undefined`, as canonical JSON leaves them out. */
function present(value: unknown): boolean {
  return value !== undefined;
}

/**
 * Checks an event's data against the disclosure table and parts it. The compiler checks the same for code
 * that is typed; this holds for everything else, and is the last gate before the ledger.
 * @throws NotDeclared for an unknown type or field, a missing field or a value not of its kind.
 */
export function part(declarations: Declarations, type: string, data: JsonObject): Parted {
  let declaration: EventDeclaration;
  try {
    declaration = declarations(type);
  } catch {
    throw new NotDeclared(
      OPAQUE_ID.test(type) ? type : 'event',
      undefined,
      'this event type is not declared',
    );
  }
  const { fields, version } = declaration;
  // An undeclared name may itself be personal (a column header, a key taken from data), so it is not repeated.
  for (const name in data) {
    if (present(data[name]) && !Object.hasOwn(fields, name)) {
      throw new NotDeclared(type, undefined, 'has a field that the disclosure table does not declare');
    }
  }

  const clear: Record<string, Json> = {};
  const groups = new Map<Category, [string, string][]>();
  for (const name of namesInOrder(declaration)) {
    const field = fields[name]!;
    const value = data[name];
    if (!present(value)) {
      if (!field.optional) throw new NotDeclared(type, name, 'is missing');
    } else if (field.kind === 'sealed') {
      const text = canonicalOf(value);
      if (text === undefined) throw new NotDeclared(type, name, 'has no canonical form');
      for (const category of field.categories) {
        const group = groups.get(category);
        if (group) group.push([name, text]);
        else groups.set(category, [[name, text]]);
      }
    } else {
      const problem = problemOf(field, value);
      if (problem !== undefined) throw new NotDeclared(type, name, problem);
      clear[name] = value as Json;
    }
  }
  return {
    version,
    clear,
    groups,
    subject: groups.size === 0 ? undefined : subjectOf(type, declaration, clear),
  };
}

function subjectOf(
  type: string,
  { subject }: EventDeclaration,
  clear: Record<string, Json>,
): Parted['subject'] {
  const id = subject && clear[subject.field];
  if (!subject || typeof id !== 'string')
    throw new NotDeclared(type, subject?.field, 'names no subject to seal for');
  return `${subject.kind}:${id}`;
}

const ordered = new WeakMap<EventDeclaration, readonly string[]>();

function namesInOrder(declaration: EventDeclaration): readonly string[] {
  let names = ordered.get(declaration);
  if (!names) ordered.set(declaration, (names = Object.keys(declaration.fields).sort()));
  return names;
}
