import { Button, FileButton, Group, Input, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act, upload } from '../api/client';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';

interface AttachDialogProps {
  readonly requestId: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Attachment {
  readonly file: File;
  readonly title: string;
}

/** Keeps a file with a request: sealed under its key, then named in one of its steps. */
export function AttachDialog({ requestId, onDone, onClose }: AttachDialogProps): ReactNode {
  const { w } = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [tried, setTried] = useState(false);
  const path = `/v1/requests/${requestId}`;
  const attaching = useAct(
    async ({ file: kept, title: named }: Attachment, key) => {
      const { artefactId } = await upload<{ artefactId: string }>(`${path}/artefacts`, kept, `${key}-file`);
      return act('POST', `${path}/attachments`, { artefactId, title: named }, key);
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['requests'] });
      onDone();
    },
  );
  const { attach: a, form, fields } = w.requests;
  const named = title.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={w.requests.acts.attach}
      size={620}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (file !== null && named !== '') attaching.mutate({ file, title: named });
        }}
      >
        <Stack gap="md">
          <p className="e-small" style={{ margin: 0 }}>
            {a.text}
          </p>
          <Input.Wrapper
            label={a.file}
            labelElement="div"
            withAsterisk
            error={tried && file === null ? form.choose : undefined}
          >
            <Group gap="sm" mt={6}>
              <FileButton onChange={setFile} inputProps={{ 'aria-label': a.file }}>
                {(button) => (
                  <Button variant="default" size="xs" {...button}>
                    {w.consent.fileChoose}
                  </Button>
                )}
              </FileButton>
              {file !== null && <span className="e-small">{file.name}</span>}
            </Group>
          </Input.Wrapper>
          <TextInput
            label={fields.title}
            description={a.titleHint}
            withAsterisk
            value={title}
            maxLength={200}
            autoComplete="off"
            error={tried && named === '' ? form.missing : undefined}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          {attaching.isError && <ProblemNote error={attaching.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button type="submit" loading={attaching.isPending}>
              {a.button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
