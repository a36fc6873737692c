import { Group, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';

/** What was typed so far, by the name of the field. */
export type Values = Readonly<Record<string, string>>;

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One thing that a form asks for. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** A line, a text, a day, one of a menu, or one of a few that are all in sight. */
  readonly form: 'line' | 'text' | 'day' | 'menu' | 'radio';
  readonly choices?: readonly Choice[];
  readonly hint?: string | undefined;
  readonly optional?: true;
  /** In characters, as the server takes them. */
  readonly longest?: number;
  /** Of a day. */
  readonly earliest?: string;
  readonly latest?: string;
}

/** Names of fields that still say nothing. */
export function missingIn(fields: readonly Field[], values: Values): readonly string[] {
  return fields
    .filter(({ name, optional }) => optional !== true && (values[name] ?? '').trim() === '')
    .map(({ name }) => name);
}

/** What is sent: the fields that say something, and none that another answer has taken out of the form. */
export function bodyOf(fields: readonly Field[], values: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = (values[name] ?? '').trim();
      return value === '' ? [] : [[name, value] as const];
    }),
  );
}

interface FormFieldsProps {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly missing: readonly string[];
  readonly onChange: (values: Values) => void;
}

/** The fields of a form, one below the other. */
export function FormFields({ fields, values, missing, onChange }: FormFieldsProps): ReactNode {
  const { w } = useWords();
  return fields.map((field) => (
    <OneField
      key={field.name}
      field={field}
      value={values[field.name] ?? ''}
      error={
        missing.includes(field.name)
          ? field.choices
            ? w.requests.form.choose
            : w.requests.form.missing
          : undefined
      }
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ));
}

interface OneFieldProps {
  readonly field: Field;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function OneField({ field, value, error, onChange }: OneFieldProps): ReactNode {
  const { w } = useWords();
  const { form, label, hint, choices = [], optional, longest = 2000, earliest, latest } = field;
  const shared = {
    label,
    description: hint,
    error,
    withAsterisk: optional !== true,
    'data-field': field.name,
  };
  switch (form) {
    case 'radio':
      return (
        <Radio.Group {...shared} value={value} onChange={onChange}>
          <Stack gap={8} mt={6}>
            {choices.map((one) => (
              <Radio key={one.value} value={one.value} label={one.label} />
            ))}
          </Stack>
        </Radio.Group>
      );
    case 'menu':
      return (
        <NativeSelect
          {...shared}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          data={[
            { value: '', label: optional === true ? w.requests.form.none : w.shell.choose },
            ...choices.map((one) => ({ ...one })),
          ]}
        />
      );
    case 'day':
      return (
        <Group>
          <TextInput
            {...shared}
            type="date"
            value={value}
            {...(earliest !== undefined && { min: earliest })}
            {...(latest !== undefined && { max: latest })}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          />
        </Group>
      );
    case 'line':
      return (
        <TextInput
          {...shared}
          value={value}
          maxLength={longest}
          autoComplete="off"
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case 'text':
      return (
        <Textarea
          {...shared}
          value={value}
          maxLength={longest}
          autosize
          minRows={2}
          maxRows={10}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}
