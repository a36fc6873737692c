import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { PrintJob } from './print-worker';

/** Prints reports and letters, one after the other, beside the thread that serves. */
@Injectable()
export class ReportPrinter {
  private last: Promise<unknown> = Promise.resolve();

  /** The pages as a PDF. */
  print(job: PrintJob): Promise<Buffer> {
    const printed = this.last.then(() => printBeside(job));
    this.last = printed.catch(() => undefined);
    return printed;
  }
}

function printBeside(job: PrintJob): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'print-worker.js'), { workerData: job });
    worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`printing ended with ${code}`)));
  });
}
