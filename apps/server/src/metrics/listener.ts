import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** What the operators' port answers: a path, and what is told there. */
export type Answers = Readonly<
  Record<string, () => Promise<{ readonly status?: number; readonly type: string; readonly text: string }>>
>;

/**
 * Opens the operators' port: `GET` of a few fixed paths, no sign-in, nothing of a person. It is apart from the API's
 * so that a worker has it too, that it answers while the database is away, and that a proxy never shows it.
 */
export async function listenForOperators(
  port: number,
  host: string,
  answers: Answers,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => void answer(request, response, answers));
  server.headersTimeout = 5000;
  server.requestTimeout = 5000;
  server.listen(port, host);
  await once(server, 'listening');
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, answers: Answers): Promise<void> {
  const tell = Object.hasOwn(answers, request.url ?? '') ? answers[request.url!] : undefined;
  if (request.method !== 'GET' || !tell) return void response.writeHead(404).end();
  try {
    const { status = 200, type, text } = await tell();
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  } catch {
    response.writeHead(500).end();
  }
}
