import type { LawRow, LawVersion } from '@enishi/domain';
import type { RulesRoom } from './room';

/** A row of a table that the code decides by. */
export interface Row {
  /** The spec that the row names. */
  readonly test: string;
  /** Makes the row another one. @returns what makes it as it was */
  readonly change: () => () => void;
}

type Table<T> = Readonly<Record<string, T>>;
interface Period {
  anchor: string;
}

/** Every number of law, and every row of the retention schedule, as the specs in the room have them. */
export function rowsOf(room: RulesRoom): ReadonlyMap<string, Row> {
  const { LAW } = room.load('libs/domain/src/law/law-table.ts') as { LAW: Table<LawRow> };
  const { DOCUMENTS } = room.load('libs/domain/src/law/documents.ts') as { DOCUMENTS: Table<Period> };
  return new Map([
    ...Object.entries(LAW).map(([code, row]): [string, Row] => [
      `numbers ${code}`,
      { test: row.test, change: () => oneMore(row.versions as unknown as { value: LawVersion['value'] }[]) },
    ]),
    ...Object.entries(DOCUMENTS).map(([code, row]): [string, Row] => [
      `schedule ${code}`,
      { test: 'libs/domain/src/law/retention.spec.ts', change: () => otherAnchor(row) },
    ]),
  ]);
}

function oneMore(versions: { value: number }[]): () => void {
  const add = (more: number) => versions.forEach((version) => (version.value += more));
  add(1);
  return () => add(-1);
}

function otherAnchor(row: Period): () => void {
  const { anchor } = row;
  row.anchor = anchor === 'filing-deadline' ? 'creation' : 'filing-deadline';
  return () => void (row.anchor = anchor);
}
