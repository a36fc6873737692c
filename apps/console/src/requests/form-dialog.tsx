import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { bodyOf, FormFields, missingIn, type Field, type Values } from './form-fields';

interface FormDialogProps {
  readonly title: string;
  readonly text: string;
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly button: string;
  readonly busy: boolean;
  readonly error: unknown;
  /** What must be read before it is sent, above the button. */
  readonly notice?: ReactNode;
  readonly onChange: (values: Values) => void;
  readonly onSend: (body: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
}

/** A form over the page. What was typed belongs to the page, so that it is there again after the dialog was closed. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { title, text, fields, values, button, busy, error, notice, onChange, onSend, onClose } = props;
  const { w } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(0);
  const missing = tried > 0 ? missingIn(fields, values) : [];
  // What is missing first is brought into sight.
  useEffect(() => {
    if (tried > 0) fieldOf(form.current, missingIn(fields, values)[0])?.focus();
    // Once for each attempt, not while it is being filled in.
  }, [tried]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={620}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (missingIn(fields, values).length === 0) onSend(bodyOf(fields, values));
          else setTried((times) => times + 1);
        }}
      >
        <Stack gap="md">
          {text !== '' && (
            <p className="e-small" style={{ margin: 0 }}>
              {text}
            </p>
          )}
          <FormFields fields={fields} values={values} missing={missing} onChange={onChange} />
          {notice}
          {error != null && <ProblemNote error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Where a field is filled in: its input, or the first of several. */
function fieldOf(form: HTMLFormElement | null, name: string | undefined): HTMLElement | null | undefined {
  const field = form?.querySelector<HTMLElement>(`[data-field="${name ?? ''}"]`);
  return field?.matches('input, select, textarea') ? field : field?.querySelector('input');
}
