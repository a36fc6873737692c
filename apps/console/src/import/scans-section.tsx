import { Button, FileButton, Progress, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { newActKey, upload } from '../api/client';
import type { ImportScan, LeaversImport } from '../api/import-contract';
import { Notice } from '../app/notice';
import { ProblemNote, sayProblem } from '../app/problem-note';
import { useWords } from '../words/language';
import { scansQuery } from './batch-queries';
import { ScanMatches } from './scan-matches';
import { filesOf, isZip, ZipRefused, type ZippedFile } from './zip-of-scans';

const TYPES =
  '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.zip,application/pdf,image/png,image/jpeg,image/tiff,application/zip';

interface NotTaken {
  readonly name: string;
  readonly why: string;
}

interface ScansSectionProps {
  readonly one: LeaversImport;
  /** The file is being read: the names are kept and nothing is shown. */
  readonly hidden: boolean;
  readonly onSent: () => void;
}

/** The scans among what was chosen, zips opened, and what of it cannot be. */
async function scansOf(
  files: readonly File[],
  refuse: (name: string, error: unknown) => void,
): Promise<readonly ZippedFile[]> {
  const scans: ZippedFile[] = [];
  for (const file of files) {
    try {
      if (await isZip(file)) scans.push(...(await filesOf(file)));
      else scans.push({ name: file.name, read: () => Promise.resolve(file) });
    } catch (error) {
      refuse(file.name, error);
    }
  }
  return scans;
}

/**
 * Takes the scans that rows name, one by one or in a zip, which is opened here: the server unpacks nothing. Names stay on this page: the server keeps none, and a page that is loaded anew knows
 * a scan by its number only.
 */
export function ScansSection({ one, hidden, onSent }: ScansSectionProps): ReactNode {
  const speaking = useWords();
  const { w, number } = speaking;
  const queries = useQueryClient();
  const { importId, changedAt, state } = one;
  const read = state === 'checked';
  const here = useQuery(scansQuery(importId, changedAt, read));
  const [names, setNames] = useState<ReadonlyMap<number, string>>(new Map());
  const [progress, setProgress] = useState<{ done: number; all: number } | undefined>();
  const [notTaken, setNotTaken] = useState<readonly NotTaken[]>([]);
  const mapped = one.columns.some(({ field }) => field === 'evidenceFile');

  const send = async (files: readonly File[]): Promise<void> => {
    const failed: NotTaken[] = [];
    const refuse = (name: string, error: unknown): void => {
      const why =
        error instanceof ZipRefused ? w.imports.zipFaults[error.fault] : sayProblem(error, speaking).what;
      failed.push({ name, why });
    };
    const sent = new Map(names);
    const scans = await scansOf(files, refuse);
    // The largest number that was given so far, by this page or another.
    let next = Math.max(0, here.data?.scans ?? 0, ...names.keys());
    for (const [done, { name, read: opened }] of scans.entries()) {
      setProgress({ done, all: scans.length });
      try {
        const path = (at: number) => `/v1/imports/${importId}/scans/${at}`;
        const headers = { 'enishi-file-name': encodeURIComponent(name) };
        const bytes = await opened();
        next += 1;
        const { number: at } = await upload<ImportScan>(
          path(next),
          bytes,
          newActKey(),
          undefined,
          headers,
          'PUT',
        );
        sent.set(at, name);
      } catch (error) {
        refuse(name, error);
      }
    }
    setProgress(undefined);
    setNames(sent);
    setNotTaken(failed);
    await queries.invalidateQueries({ queryKey: ['imports', importId] });
    onSent();
  };

  if (hidden) return null;
  const scans = read ? (here.data?.items ?? []) : [];
  const nameOf = (scan: number): string => names.get(scan) ?? w.imports.scanNumber(number(scan));
  return (
    <section aria-labelledby="scans">
      <Title order={2} id="scans">
        {w.imports.scans}
      </Title>
      <p className="e-small e-dim" style={{ margin: '4px 0 12px' }}>
        {w.imports.scansIntro}
      </p>
      {!mapped && <Notice tone="amber">{w.imports.scansNoColumn}</Notice>}
      {here.isError && <ProblemNote error={here.error} onRetry={() => void here.refetch()} />}
      {progress ? (
        <div style={{ maxWidth: 420 }}>
          <p role="status" className="e-small" style={{ margin: '0 0 8px' }}>
            {w.imports.sendingScans(number(progress.done), number(progress.all))}
          </p>
          <Progress
            value={(100 * progress.done) / progress.all}
            aria-label={w.imports.scans}
            transitionDuration={0}
          />
        </div>
      ) : (
        <FileButton
          multiple
          accept={TYPES}
          onChange={(files) => void send(files)}
          inputProps={{ 'aria-label': w.imports.chooseScans }}
        >
          {(button) => (
            <Button variant="default" {...button}>
              {w.imports.chooseScans}
            </Button>
          )}
        </FileButton>
      )}
      <p className="e-small" role="status" style={{ margin: '8px 0 0' }}>
        {here.data &&
          (here.data.scans > 0 ? w.imports.scansHere(number(here.data.scans)) : w.imports.scansNone)}
      </p>
      <Files
        title={w.imports.scanNotTaken}
        tone="red"
        files={notTaken.map(({ name, why }) => `${name}: ${why}`)}
      />
      <Files
        title={w.imports.scanUnused}
        tone="amber"
        files={scans.filter(({ used }) => used === false).map((scan) => nameOf(scan.number))}
      />
      <ScanMatches scans={scans.filter(({ used }) => used === true)} nameOf={nameOf} />
    </section>
  );
}

interface FilesProps {
  readonly title: string;
  readonly tone: 'red' | 'amber';
  readonly files: readonly string[];
}

function Files({ title, tone, files }: FilesProps): ReactNode {
  if (files.length === 0) return null;
  return (
    <div style={{ marginTop: 12 }}>
      <Notice tone={tone} role="status" title={title}>
        <ul style={{ margin: '4px 0', paddingLeft: 20 }}>
          {files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
