import { BUNDLE_FORMAT, BUNDLE_LEVELS, FILES, type Manifest } from '@enishi/bundle';
import { fromBase64 } from '@enishi/transparency';
import { Broken, type Findings } from './finding';
import { canonicalObject, hasOnly, isCount, isObject } from './json-line';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** What a scope may be chosen by, per what it is of. */
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  consents: ['alumni', 'purpose', 'from', 'to', 'kind', 'batch'],
  trail: ['alumni', 'purpose', 'from', 'to', 'actor', 'batch'],
  ledger: [],
};

/** Reads the text of `manifest.json`. @throws Broken where it is not one of this format */
export function readManifest(text: string): Manifest {
  const read = canonicalObject(text);
  const { bundle, checkpoint, createdAt, files, format, ledger, level, scope } = read ?? {};
  const isOne =
    read !== undefined &&
    hasOnly(read, ['bundle', 'checkpoint', 'createdAt', 'files', 'format', 'ledger', 'level', 'scope']) &&
    format === BUNDLE_FORMAT &&
    matches(bundle, UUID) &&
    matches(ledger, UUID) &&
    matches(createdAt, INSTANT) &&
    (BUNDLE_LEVELS as readonly unknown[]).includes(level) &&
    isHead(checkpoint) &&
    isScope(scope) &&
    // Of the whole ledger there are no tables, and nothing is disclosed.
    (scope['of'] !== 'ledger' || level === 'none') &&
    isObject(files) &&
    Object.values(files).every(isFileEntry);
  if (!isOne) throw new Broken({ code: 'manifest-malformed', file: FILES.manifest });
  return read as unknown as Manifest;
}

const matches = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

function isHead(value: unknown): boolean {
  if (!isObject(value) || !hasOnly(value, ['root', 'size']) || !isCount(value['size'])) return false;
  return typeof value['root'] === 'string' && fromBase64(value['root'])?.length === 32;
}

function isScope(value: unknown): value is Record<string, unknown> {
  if (!isObject(value) || typeof value['of'] !== 'string') return false;
  const { of, alumni, ...rest } = value as Record<string, unknown> & { readonly of: string };
  const conditions = Object.hasOwn(CONDITIONS, of) ? CONDITIONS[of] : undefined;
  const isList = Array.isArray(alumni) && alumni.every((id) => typeof id === 'string');
  return (
    conditions !== undefined &&
    hasOnly(value, ['of', ...conditions]) &&
    (alumni === undefined || isList) &&
    Object.values(rest).every((condition) => typeof condition === 'string')
  );
}

function isFileEntry(value: unknown): boolean {
  if (!isObject(value) || !hasOnly(value, ['bytes', 'lines', 'sha256'])) return false;
  const { bytes, lines, sha256 } = value;
  return isCount(bytes) && (lines === undefined || isCount(lines)) && matches(sha256, SHA256);
}

/** The files that a bundle of this scope and level has. */
function neededFiles({ scope, level }: Manifest): readonly string[] {
  return [
    ...[FILES.readmeJa, FILES.readmeEn, FILES.events, FILES.proofs, FILES.streams, FILES.disclosures],
    ...[FILES.checkpoint, FILES.history, FILES.keys],
    ...(scope.of === 'consents' ? [FILES.consents, FILES.consentsCsv] : []),
    ...(scope.of === 'trail' ? [FILES.trail, FILES.trailCsv] : []),
    ...(level === 'none' ? [] : [FILES.people, FILES.peopleCsv]),
  ];
}

/** Whether zip, manifest and format name the same files. */
export function checkFiles(manifest: Manifest, inZip: readonly string[], findings: Findings): void {
  const needed = neededFiles(manifest);
  const listed = Object.keys(manifest.files);
  const outside: readonly string[] = [FILES.manifest, FILES.signature];
  for (const file of new Set([...needed, ...listed]))
    if (!inZip.includes(file)) findings.add({ code: 'file-missing', file });
  for (const file of inZip)
    if (!listed.includes(file) && !outside.includes(file)) findings.add({ code: 'file-unlisted', file });
  for (const file of listed)
    if (!needed.includes(file) && file !== FILES.timestamp) findings.add({ code: 'file-unknown', file });
}
