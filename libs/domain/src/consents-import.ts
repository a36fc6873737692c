import type { Decider } from './kernel';

/** Notes that the reading of a file of consents has begun. */
export interface StartConsentsImport {
  readonly kind: 'StartConsentsImport';
  readonly importId: string;
  /** HMAC of the file's bytes. */
  readonly fileTag: string;
}

/** Notes what the reading came to. */
export interface CompleteConsentsImport {
  readonly kind: 'CompleteConsentsImport';
  readonly importId: string;
  readonly counts: {
    readonly rows: number;
    readonly recorded: number;
    readonly incomplete: number;
    readonly unchanged: number;
    readonly refused: number;
  };
}

/** Notes that compliance has approved so many consents of an import. */
export interface NoteApproval {
  readonly kind: 'NoteApproval';
  readonly importId: string;
  readonly approved: number;
}

/** Rules of a stream `import-<id>` of consents: every reading is noted; an approval of nothing is not. */
export const consentsImportDecider: Decider<
  StartConsentsImport | CompleteConsentsImport | NoteApproval,
  null,
  'ConsentsImportStarted' | 'ConsentsImportCompleted' | 'ImportEvidenceApproved'
> = {
  initial: null,
  decide(command) {
    const { importId } = command;
    switch (command.kind) {
      case 'StartConsentsImport':
        return [{ type: 'ConsentsImportStarted', data: { importId, fileTag: command.fileTag } }];
      case 'CompleteConsentsImport': {
        const { rows, recorded, incomplete, unchanged, refused } = command.counts;
        const counts = { rows, recorded, incomplete, unchanged, refused };
        return [{ type: 'ConsentsImportCompleted', data: { importId, ...counts } }];
      }
      case 'NoteApproval':
        if (command.approved === 0) return [];
        return [{ type: 'ImportEvidenceApproved', data: { importId, approved: command.approved } }];
    }
  },
  evolve: (state) => state,
};
