import { get } from 'node:http';
import type { ServerReport } from './server-process';

/** A file that was taken from a server and thrown away. */
export interface Downloaded {
  readonly bytes: number;
  /** Line feeds in it. */
  readonly lines: number;
}

/**
 * Takes a file to its end, however it is sent.
 * @param count whether to look for line feeds
 * @throws Error for any other status than 200, and where the file breaks off
 */
export function download({ port, token }: ServerReport, path: string, count = false): Promise<Downloaded> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      let [bytes, lines] = [0, 0];
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (count) lines += linesIn(chunk);
      });
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve({ bytes, lines });
        else reject(new Error(`the server answered ${answer.statusCode}`));
      });
    }).once('error', reject);
  });
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}
