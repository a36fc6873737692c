import { Button, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ImportScan } from '../api/import-contract';
import { useWords } from '../words/language';

const AT_FIRST = 20;

interface ScanMatchesProps {
  /** Those that rows name. */
  readonly scans: readonly ImportScan[];
  readonly nameOf: (scan: number) => string;
}

/** Which scans go with which rows, once the file was read. */
export function ScanMatches({ scans, nameOf }: ScanMatchesProps): ReactNode {
  const { w, number } = useWords();
  const [shown, setShown] = useState(AT_FIRST);
  if (scans.length === 0) return null;
  const linesOf = ({ rows, lines }: ImportScan): string => {
    const known = (lines ?? []).map((line) => number(line)).join(w.imports.lineSeparator);
    const more = (rows ?? 0) - (lines?.length ?? 0);
    return more > 0 ? w.imports.linesAndMore(known, number(more)) : known;
  };
  return (
    <div style={{ marginTop: 16 }}>
      <Title order={3} id="scan-matches">
        {w.imports.scanMatches(number(scans.length))}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-labelledby="scan-matches">
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{w.imports.scanName}</th>
              <th scope="col">{w.imports.line}</th>
            </tr>
          </thead>
          <tbody>
            {scans.slice(0, shown).map((scan) => (
              <tr key={scan.number}>
                <td>{nameOf(scan.number)}</td>
                <td>{linesOf(scan)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown < scans.length && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setShown(shown + 10 * AT_FIRST)}>
          {w.shell.more}
        </Button>
      )}
    </div>
  );
}
