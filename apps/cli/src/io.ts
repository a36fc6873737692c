import { once } from 'node:events';

/** A terminal or a pipe. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything a command touches outside itself, so that tests can stand in for it. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** Writes and waits where the reader is slower. */
export async function write(output: NodeJS.WritableStream, chunk: string | Uint8Array): Promise<void> {
  if (chunk.length > 0 && !output.write(chunk)) await once(output, 'drain');
}

/** The whole of standard input, at most `limit` bytes; undefined where it is longer. */
export async function readAll(stream: NodeJS.ReadableStream, limit: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    bytes += part.length;
    if (bytes > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
