import { parentPort, workerData } from 'node:worker_threads';
import { printReport } from './print-report';
import type { Report } from './report';

/** The thread that prints one report: setting its pages would hold up everybody else's requests. */
void printReport(workerData as Report).then((pdf) => parentPort!.postMessage(pdf));
