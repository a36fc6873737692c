import { Button, FileButton, Progress } from '@mantine/core';
import { useState, type DragEvent, type ReactNode } from 'react';
import { useWords } from '../words/language';
import css from './import.module.css';

interface FileDropProps {
  readonly sending: boolean;
  /** How much of it has left, from 0 to 1. */
  readonly sent: number;
  readonly onFile: (file: File) => void;
}

/** Takes a file, dropped or chosen, and shows how much of it was sent. */
export function FileDrop({ sending, sent, onFile }: FileDropProps): ReactNode {
  const { w } = useWords();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !sending) onFile(file);
  };
  const percent = String(Math.floor(sent * 100));
  return (
    <div
      className={css.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {sending ? (
        <div style={{ width: '100%', maxWidth: 420 }}>
          <p role="status" style={{ margin: '0 0 8px' }}>
            {sent < 1 ? `${w.imports.uploading} — ${w.imports.uploaded(percent)}` : w.imports.opening}
          </p>
          <Progress value={sent * 100} aria-label={w.imports.uploading} transitionDuration={0} />
        </div>
      ) : (
        <>
          <p style={{ margin: 0 }}>{w.imports.drop}</p>
          <FileButton
            accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv"
            onChange={(file) => file && onFile(file)}
            inputProps={{ 'aria-label': w.imports.choose }}
          >
            {(button) => <Button {...button}>{w.imports.choose}</Button>}
          </FileButton>
          <p className="e-tiny e-dim" style={{ margin: 0 }}>
            {w.imports.dropHint}
          </p>
        </>
      )}
    </div>
  );
}
