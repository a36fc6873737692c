import type { Bilingual } from './contract';

/** What the server answers about imports. */

export type ImportState =
  'staged' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'interrupted' | 'cancelled';

export interface Coded {
  readonly code: string;
  readonly column?: string | null;
  readonly field?: string | null;
  readonly messages?: Bilingual;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface ImportColumn {
  readonly header: string;
  /** The field it fills; null or `ignore` where it fills none. */
  readonly field: string | null;
  /** What it holds that must not enter, and the law that says so. */
  readonly refused?: {
    readonly law?: string;
    readonly names?: Bilingual;
    readonly messages?: Bilingual;
  } | null;
}

export interface ImportField {
  readonly field: string;
  readonly label?: Bilingual;
  readonly required: boolean;
  readonly freeText: boolean;
}

export type DateOrder = 'ymd' | 'mdy' | 'dmy';

export interface ImportCounts {
  readonly rows: number;
  readonly leavers: number;
  readonly registered: number;
  readonly corrected: number;
  readonly employmentsAdded: number;
  readonly unchanged: number;
  readonly notLeavers: number;
  readonly refused: number;
  /** Rows of people whose data was erased; they are not brought back. */
  readonly blocked: number;
  readonly warnings: number;
  readonly bytesRead: number;
  /** Of consents: answers that are new. */
  readonly recorded: number;
  /** Of consents: those of them whose evidence is incomplete. */
  readonly incomplete: number;
  /** Of consents: scans that no row names. */
  readonly scansUnused: number;
}

/** What a file is about. */
export type ImportKind = 'leavers' | 'consents';

export type UndoState = 'running' | 'done' | 'failed' | 'interrupted';

export interface LeaversImport {
  readonly importId: string;
  readonly state: ImportState;
  readonly recognition: {
    /** Of a file of text. */
    readonly encoding?: string;
    readonly separator?: string;
    /** Of a workbook. */
    readonly sheet?: { readonly number: number; readonly name: string };
    readonly headerLine?: number;
    /** What to know before its rows are read. */
    readonly notes?: readonly Coded[];
    readonly layout: string;
    readonly headers: readonly string[];
  } | null;
  readonly columns: readonly ImportColumn[];
  readonly fields: readonly ImportField[];
  readonly mappingProblems: readonly Coded[];
  readonly options: {
    readonly kind: ImportKind;
    readonly freeText: boolean;
    readonly dateOrder?: DateOrder | null;
    readonly source?: string | null;
  };
  readonly counts: ImportCounts;
  readonly bytes: number;
  readonly failure?: Coded | null;
  /** How far taking it back is, where somebody has ordered that. */
  readonly undo?: UndoState;
  readonly actor: string;
  readonly actorName?: string;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface MappingRequest {
  readonly columns?: Readonly<Record<string, string>>;
  readonly freeText?: boolean;
  readonly dateOrder?: DateOrder;
  readonly source?: string;
  readonly saveAs?: string;
  readonly saved?: string;
}

export interface ImportProblem extends Coded {
  readonly number: number;
  readonly line: number;
  readonly severity: 'error' | 'warning';
}

export interface SavedMapping {
  readonly name: string;
  readonly savedAt: string;
}

/** A scan handed in with a file of consents. */
export interface ImportScan {
  readonly number: number;
  readonly bytes: number;
  readonly type: string;
  /** Null before the file was read to its end. */
  readonly used: boolean | null;
  /** How many rows name it, and the lines of the first of them; null as `used`. */
  readonly rows: number | null;
  readonly lines: readonly number[] | null;
}

export interface ImportScans {
  readonly scans: number;
  readonly bytes: number;
  readonly items: readonly ImportScan[];
  readonly next?: number;
}

/** What an approval would come to. */
export interface ApprovalPreview {
  readonly waiting: number;
  readonly approved: number;
  readonly ended: number;
  readonly groups: readonly {
    readonly purposeId: string;
    readonly purposeVersion: number;
    readonly waiting: number;
    readonly withScan: number;
    readonly withNote: number;
  }[];
}

/** How far taking an import back is, in people. */
export interface ImportUndo {
  readonly state: UndoState;
  readonly counts: {
    readonly people: number;
    readonly hidden: number;
    readonly reverted: number;
    readonly left: number;
  };
}

/** What of a person stays of an import that was undone. */
export interface Left extends Coded {
  readonly number: number;
  readonly alumnusId: string;
}
