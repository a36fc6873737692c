import type { Bilingual } from './contract';

/** A problem document (RFC 9457) the server answered, or `network-failed` where it could not be reached. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly messages?: Bilingual,
    readonly errors: readonly {
      readonly path: string;
      readonly message: string;
      readonly messages?: Bilingual;
    }[] = [],
    /** Of a workbook: the sheets to choose from. */
    readonly sheets: readonly { readonly number: number; readonly name: string }[] = [],
  ) {
    super(code);
    this.name = 'ApiProblem';
  }
}

/** Reads the problem out of an answer that is not a success. */
export function problemOf(status: number, text: string): ApiProblem {
  try {
    const body = JSON.parse(text) as Partial<ApiProblem>;
    const code = typeof body.code === 'string' ? body.code : `http-${status}`;
    return new ApiProblem(status, code, body.messages, body.errors ?? [], body.sheets ?? []);
  } catch {
    return new ApiProblem(status, `http-${status}`);
  }
}

/** Whether asking again without a change may succeed. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiProblem &&
    (error.status === 0 || error.status === 429 || error.status === 503) &&
    error.code !== 'view-parked'
  );
}
