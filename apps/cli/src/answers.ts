import type { Bilingual } from './language';

/** What the server answers, as far as commands read it. The whole answer is printed under `--json`. */

export interface CommandAnswer {
  readonly outcome: 'done' | 'unchanged';
  readonly eventIds: readonly string[];
  readonly position: string;
  readonly revision: number;
  readonly [id: string]: unknown;
}

export interface Ledger {
  readonly ledgerId: string;
  readonly companyId?: string;
  readonly mode: string;
  readonly head: string | null;
  readonly version?: string;
}

export interface Company {
  readonly companyId: string;
  readonly party: Readonly<Record<string, unknown>> | null;
  readonly contactPoint: Readonly<Record<string, unknown>> | null;
  readonly publicMatters: Readonly<Record<string, unknown>> | null;
  readonly officer: Readonly<Record<string, unknown>> | null;
  readonly revision: number;
}

/** A purpose or a programme with its versions. */
export interface Versioned {
  readonly code: string;
  readonly title: Bilingual;
  readonly state: string;
  readonly inForce?: number | null;
  readonly versions: readonly Version[];
  readonly purposeId?: string;
  readonly programmeId?: string;
}

export interface Version {
  readonly version: number;
  readonly revision?: string;
  readonly state: string;
  readonly publishedEffectiveAt?: string | null;
  readonly effectiveAt?: string | null;
  readonly usableFrom?: string | null;
  readonly content?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly code: string;
  readonly purpose: { readonly title: Bilingual };
  readonly programme?: { readonly title: Bilingual };
}

export interface ImportCounts {
  readonly rows: number;
  readonly leavers: number;
  readonly registered: number;
  readonly corrected: number;
  readonly employmentsAdded: number;
  readonly unchanged: number;
  readonly notLeavers: number;
  readonly refused: number;
  readonly blocked?: number;
  readonly warnings: number;
  readonly bytesRead: number;
  /** Of consents. */
  readonly recorded?: number;
  readonly incomplete?: number;
  readonly scansUnused?: number;
}

export interface Import {
  readonly importId: string;
  readonly state: string;
  readonly recognition: {
    /** Of a file of text. */
    readonly encoding?: string;
    readonly separator?: string;
    /** Of a workbook. */
    readonly sheet?: { readonly number: number; readonly name: string };
    readonly notes?: readonly {
      readonly code: string;
      readonly column?: string | null;
      readonly messages?: Bilingual;
    }[];
    readonly layout: string;
    readonly headers: readonly string[];
    readonly headerLine?: number;
  };
  readonly columns: readonly {
    readonly header: string;
    readonly field?: string | null;
    readonly reason?: string;
    readonly refused?: { readonly item?: string; readonly law?: string; readonly names?: Bilingual };
  }[];
  readonly mappingProblems: readonly {
    readonly code: string;
    readonly column?: string;
    readonly field?: string;
    readonly messages?: Bilingual;
  }[];
  readonly options: {
    readonly kind?: string;
    readonly freeText: boolean;
    readonly dateOrder: string;
    readonly source: string;
  };
  readonly counts: ImportCounts;
  readonly bytes: number;
  readonly failure?: { readonly code: string; readonly messages?: Bilingual };
  readonly actor?: string;
  readonly actorName?: string;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface ImportProblem {
  readonly number: number;
  readonly line: number;
  readonly column?: string | null;
  readonly field?: string | null;
  readonly severity: string;
  readonly code: string;
  readonly messages?: Bilingual;
}

export interface ImportUndo {
  readonly importId: string;
  readonly state: string;
  readonly counts: {
    readonly people: number;
    readonly hidden: number;
    readonly reverted: number;
    readonly left: number;
  };
  readonly failure?: { readonly code: string };
}

/** What of a person stays of an import that was undone. */
export interface Left {
  readonly alumnusId: string;
  readonly code: string;
  readonly field?: string;
  readonly messages?: Bilingual;
}

export interface Why {
  readonly answer: 'yes' | 'no';
  readonly because: readonly TimedEvent[];
  readonly reasons: readonly Reason[];
  readonly sentence?: Bilingual;
}

export interface TimedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly position?: string;
  readonly effectiveAt?: string;
  readonly decidedAt?: string;
  readonly recordedAt?: string;
  readonly actor?: string;
  readonly actorName?: string;
  readonly stream?: string;
  readonly batchId?: string | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly summary?: Bilingual;
}

export interface Reason {
  readonly code: string;
  readonly messages?: Bilingual;
  readonly events?: readonly unknown[];
}

export interface RosterRow {
  readonly alumnusId: string;
  readonly name?: unknown;
  readonly kana?: unknown;
  readonly department?: string | null;
  readonly job?: string | null;
  readonly leftOn?: string | null;
  readonly leavingKind?: string | null;
  readonly answer: 'yes' | 'no';
  readonly because: readonly string[];
  readonly reasons: readonly Reason[];
}

export interface RosterPage {
  readonly at: string;
  /** Not counted where the search is narrowed. */
  readonly total?: { readonly count: number; readonly estimated: boolean } | null;
  readonly rows: readonly RosterRow[];
  readonly cursor?: string;
}

export interface Funnel {
  readonly imported: number;
  readonly reachable: number;
  readonly approachable: number;
  readonly asked?: number;
  readonly consented: number;
  readonly contactable: number;
  readonly estimated?: boolean;
}

export interface ProjectionState {
  readonly name: string;
  readonly version?: number;
  readonly servingVersion?: number;
  readonly position?: string | null;
  readonly lag?: number | string | null;
  readonly parked?: number;
  readonly state?: string;
  readonly building?: {
    /** 0 … 1; absent while it is not known. */
    readonly done?: number;
    readonly handled: number;
    readonly eventsPerSecond?: number;
    readonly state: 'running' | 'stopped';
  } | null;
}
