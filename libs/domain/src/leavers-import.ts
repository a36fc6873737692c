import type { Decider } from './kernel';

/** Notes that the reading of a leavers' file has begun. */
export interface StartImport {
  readonly kind: 'StartImport';
  readonly importId: string;
  /** HMAC of the file's bytes: tells the same file again, and nothing else. */
  readonly fileTag: string;
  readonly layout: 'jinjer' | 'smarthr' | 'freee' | 'kaonavi' | 'plain' | 'unknown';
  readonly freeText: boolean;
}

/** Notes what the reading came to. */
export interface CompleteImport {
  readonly kind: 'CompleteImport';
  readonly importId: string;
  readonly counts: {
    readonly rows: number;
    readonly registered: number;
    readonly corrected: number;
    readonly unchanged: number;
    readonly notLeavers: number;
    readonly refused: number;
    readonly warnings: number;
  };
}

/** Rules of a stream `import-<id>`: every reading is noted, a repeated one too. */
export const importDecider: Decider<
  StartImport | CompleteImport,
  null,
  'LeaversImportStarted' | 'LeaversImportCompleted'
> = {
  initial: null,
  decide(command) {
    if (command.kind === 'StartImport') {
      const { importId, fileTag, layout, freeText } = command;
      return [{ type: 'LeaversImportStarted', data: { importId, fileTag, layout, freeText } }];
    }
    const { rows, registered, corrected, unchanged, notLeavers, refused, warnings } = command.counts;
    const counts = { rows, registered, corrected, unchanged, notLeavers, refused, warnings };
    return [{ type: 'LeaversImportCompleted', data: { importId: command.importId, ...counts } }];
  },
  evolve: (state) => state,
};
