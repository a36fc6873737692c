import { parentPort, workerData } from 'node:worker_threads';
import { printLetter, type LetterSheet } from './print-letter';
import { printReport } from './print-report';
import type { Report } from './report';

/** What is to be printed. */
export type PrintJob = { readonly report: Report } | LetterSheet;

/** The thread that prints one thing: setting its pages would hold up everybody else's requests. */
async function print(job: PrintJob): Promise<void> {
  parentPort!.postMessage(await ('report' in job ? printReport(job.report) : printLetter(job)));
}

void print(workerData as PrintJob);
