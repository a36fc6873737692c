import { Button, Group, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { purposesQuery } from '../api/queries';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import {
  CONTENTS,
  FORMATS,
  KINDS,
  LEVELS,
  plainExportAddress,
  type Content,
  type Encoding,
  type ExportOrder,
  type ExportScope,
  type Format,
  type Kind,
  type Level,
} from './exports';

/** What is chosen, as the fields hold it. */
interface Chosen {
  readonly content: Content;
  readonly level: Level;
  readonly format: Format;
  readonly encoding: Encoding;
  readonly purposeId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

const FIRST: Chosen = {
  content: 'consents',
  level: 'none',
  format: 'csv',
  encoding: 'utf-8',
  purposeId: '',
  kind: '',
  from: '',
  to: '',
};

/** Contents, scope, form and how much personal data: taken at once, or asked for with a reason. */
export function NewExportPage(): ReactNode {
  const { w, language } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(FIRST);
  const [reason, setReason] = useState('');
  const choose = (change: Partial<Chosen>): void => setChosen({ ...chosen, ...change });
  const asking = useAct(
    (order: ExportOrder, key) => act<{ exportId: string }>('POST', '/v1/exports', order, key),
    async ({ exportId }) => {
      await queries.invalidateQueries({ queryKey: ['exports'] });
      await navigate({ to: '/audit/exports/$exportId', params: { exportId } });
    },
  );
  const scope = scopeOf(chosen, language);
  const { level } = chosen;
  const given = reason.trim();
  return (
    <Page title={w.audit.orderTitle} narrow aside={<Link to="/audit/exports">{w.audit.toList}</Link>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (level !== 'none' && given !== '') asking.mutate({ ...scope, level, reason: given });
        }}
      >
        <Stack gap="lg">
          <Radio.Group
            label={w.audit.content}
            value={chosen.content}
            onChange={(value) => choose({ content: value === 'trail' ? 'trail' : 'consents' })}
          >
            <Group mt="xs">
              {CONTENTS.map((value) => (
                <Radio key={value} value={value} label={w.audit.contents[value]} />
              ))}
            </Group>
          </Radio.Group>
          <ScopeFields chosen={chosen} onChange={choose} />
          <Radio.Group
            label={w.audit.level}
            value={level}
            onChange={(value) => choose({ level: LEVELS.find((one) => one === value) ?? 'none' })}
          >
            <Stack mt="xs" gap="xs">
              {LEVELS.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={w.audit.levels[value]}
                  description={w.audit.levelHint[value]}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Group align="end">
            <NativeSelect
              label={w.audit.format}
              value={chosen.format}
              onChange={({ currentTarget }) =>
                choose({ format: FORMATS.find((one) => one === currentTarget.value) ?? 'csv' })
              }
              data={FORMATS.map((value) => ({ value, label: w.audit.formats[value] }))}
            />
            {chosen.format === 'csv' && (
              <NativeSelect
                label={w.audit.encoding}
                value={chosen.encoding}
                onChange={({ currentTarget }) =>
                  choose({ encoding: currentTarget.value === 'cp932' ? 'cp932' : 'utf-8' })
                }
                data={(['utf-8', 'cp932'] as const).map((value) => ({
                  value,
                  label: w.audit.encodings[value],
                }))}
              />
            )}
          </Group>
          {level === 'none' ? (
            <Group>
              <Button component="a" href={plainExportAddress(scope)} download>
                {w.audit.download}
              </Button>
            </Group>
          ) : (
            <>
              <Textarea
                label={w.audit.reason}
                description={w.audit.reasonHint}
                value={reason}
                onChange={({ currentTarget }) => setReason(currentTarget.value)}
                required
                maxLength={500}
                autosize
                minRows={2}
              />
              {asking.isError && <ProblemNote error={asking.error} />}
              <Group>
                <Button type="submit" disabled={given === ''} loading={asking.isPending}>
                  {w.audit.request}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </form>
    </Page>
  );
}

function scopeOf(chosen: Chosen, language: 'ja' | 'en'): ExportScope {
  const { content, format, encoding, purposeId, from, to } = chosen;
  const kind = content === 'consents' ? KINDS.find((one): one is Kind => one === chosen.kind) : undefined;
  return {
    content,
    format,
    ...(format === 'csv' && { encoding }),
    ...(format === 'pdf' && { language }),
    ...(purposeId !== '' && { purposeId }),
    ...(kind !== undefined && { kind }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
  };
}

interface ScopeFieldsProps {
  readonly chosen: Chosen;
  readonly onChange: (change: Partial<Chosen>) => void;
}

/** Which lines: by purpose, by what happened, and by when it was recorded. */
function ScopeFields({ chosen, onChange }: ScopeFieldsProps): ReactNode {
  const { w, language } = useWords();
  const purposes = useQuery(purposesQuery);
  return (
    <Group align="end" role="group" aria-label={w.audit.scope}>
      <NativeSelect
        label={w.audit.purpose}
        value={chosen.purposeId}
        onChange={({ currentTarget }) => onChange({ purposeId: currentTarget.value })}
        data={[
          { value: '', label: w.audit.anyPurpose },
          ...(purposes.data ?? []).map(({ purposeId, title }) => ({
            value: purposeId,
            label: title[language],
          })),
        ]}
        maw={320}
      />
      {chosen.content === 'consents' && (
        <NativeSelect
          label={w.audit.kind}
          value={chosen.kind}
          onChange={({ currentTarget }) => onChange({ kind: currentTarget.value })}
          data={[
            { value: '', label: w.audit.anyKind },
            ...KINDS.map((value) => ({ value, label: w.audit.kinds[value] })),
          ]}
        />
      )}
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={w.audit[end]}
          value={chosen[end]}
          onChange={({ currentTarget }) => onChange({ [end]: currentTarget.value })}
        />
      ))}
    </Group>
  );
}
