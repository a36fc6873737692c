/** RFC 9457 problem details. `type` URIs are stable; no member ever echoes a personal value. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly [extension: string]: unknown;
}

/** Base of the problem type URIs; a tag URI, because it names and need not resolve. */
const BASE = 'tag:enishi,2026:problem:';

/** An error that carries its own problem. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    title: string,
    extensions: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.name = 'ProblemError';
    this.problem = { type: `${BASE}${code}`, title, status, code, ...extensions };
    this.headers = headers;
  }
}
