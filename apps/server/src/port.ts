import { createServer } from 'node:net';
import { StartError } from '@enishi/embedded';

/**
 * Makes sure that the port can be had before anything else is started.
 * @throws StartError `port-in-use`
 */
export async function checkPortFree(port: number, host: string, home: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, home)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function portError(error: NodeJS.ErrnoException, port: number, home: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      'port-in-use',
      `Port ${port} is in use, perhaps by Enishi already running on ${home}.`,
      `Open http://127.0.0.1:${port}, stop what uses the port, or choose another: ENISHI_PORT=${port + 1} npm start`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartError(
      'port-in-use',
      `Port ${port} may not be used.`,
      'Choose one above 1023, e.g. ENISHI_PORT=4310.',
    );
  }
  return error;
}
