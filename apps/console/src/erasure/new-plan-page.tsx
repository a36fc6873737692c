import { Button, Checkbox, Group, Radio, Skeleton, Textarea, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { PersonPicker } from '../person/person-picker';
import { useWords } from '../words/language';
import css from './erasure.module.css';
import { ERASABLE, idsOf, previewQuery, type Erasable, type ErasureOrder } from './erasures';
import { KeptSection } from './kept-section';
import { Numbers } from './numbers';
import { PartsTable } from './parts-table';

const WHO = ['chosen', 'due', 'marked'] as const;
type Who = (typeof WHO)[number];

/** Whom, what of them, what it would come to, and why: then it is proposed, and nothing goes yet. */
export function NewPlanPage(): ReactNode {
  const { w, number } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { people, due } = useSearch({ from: '/erasures/new' });
  const [who, setWho] = useState<Who>(due ? 'due' : 'chosen');
  const [chosen, setChosen] = useState<readonly string[]>(() => idsOf(people));
  const [what, setWhat] = useState<readonly Erasable[]>(ERASABLE);
  const [reason, setReason] = useState('');

  const order = orderOf(who, chosen, what);
  const preview = useQuery({ ...previewQuery(order ?? {}), enabled: order !== undefined });
  const proposing = useAct(
    (said: ErasureOrder & { readonly reason: string }, key) =>
      act<{ erasureId: string }>('POST', '/v1/erasures', said, key),
    async ({ erasureId }) => {
      await queries.invalidateQueries({ queryKey: ['erasures'] });
      await navigate({ to: '/erasures/$erasureId', params: { erasureId } });
    },
  );
  const willGo = order === undefined ? 0 : (preview.data?.people ?? 0);
  const given = reason.trim();
  return (
    <Page title={w.erasure.planTitle} narrow aside={<Link to="/erasures">{w.erasure.toList}</Link>}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (order !== undefined && willGo > 0 && given !== '')
            proposing.mutate({ ...order, reason: given });
        }}
      >
        <fieldset>
          <legend>{w.erasure.who}</legend>
          <Radio.Group
            aria-label={w.erasure.who}
            mb="sm"
            value={who}
            onChange={(next) => setWho(WHO.find((one) => one === next) ?? 'chosen')}
          >
            <Group gap="lg">
              {WHO.map((value) => (
                <Radio key={value} value={value} label={w.erasure.whoChoices[value]} />
              ))}
            </Group>
          </Radio.Group>
          {who === 'chosen' ? (
            <PersonPicker chosen={chosen} onChange={setChosen} />
          ) : (
            <p className="e-text e-small">{w.erasure.whoText[who]}</p>
          )}
        </fieldset>
        {who !== 'due' && (
          <fieldset>
            <legend>{w.erasure.what}</legend>
            <Checkbox.Group
              description={w.erasure.whatHint}
              aria-label={w.erasure.what}
              value={[...what]}
              onChange={(next) => setWhat(ERASABLE.filter((one) => next.includes(one)))}
            >
              <Group mt="xs" gap="lg">
                {ERASABLE.map((one) => (
                  <Checkbox key={one} value={one} label={w.erasure.category[one]} />
                ))}
              </Group>
            </Checkbox.Group>
          </fieldset>
        )}
        <section className="e-card" aria-label={w.erasure.previewTitle}>
          <Title order={2} mb={4}>
            {w.erasure.previewTitle}
          </Title>
          {order === undefined ? (
            <p className="e-small e-dim">{w.erasure.previewNone}</p>
          ) : preview.isError ? (
            <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />
          ) : preview.isPending ? (
            <Skeleton h={80} mt="xs" />
          ) : (
            <>
              <Numbers {...preview.data} />
              {preview.data.people === 0 ? (
                <Notice tone="amber">{w.erasure.nobody}</Notice>
              ) : (
                <>
                  <PartsTable parts={preview.data.parts} />
                  <p className="e-small" style={{ margin: '12px 0 0' }}>
                    {preview.data.second ? w.erasure.second : w.erasure.alone}
                  </p>
                </>
              )}
              <KeptSection kept={preview.data} />
            </>
          )}
        </section>
        <Textarea
          label={w.erasure.reason}
          description={w.erasure.reasonHint}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          required
          maxLength={500}
          autosize
          minRows={2}
        />
        {proposing.isError && <ProblemNote error={proposing.error} />}
        <Group>
          <Button
            type="submit"
            disabled={willGo === 0 || given === ''}
            loading={proposing.isPending || (order !== undefined && preview.isFetching)}
          >
            {willGo === 0 ? w.erasure.proposeNone : w.erasure.propose(number(willGo))}
          </Button>
        </Group>
      </form>
    </Page>
  );
}

/** Undefined where it names nobody, or nothing of them. */
function orderOf(
  who: Who,
  chosen: readonly string[],
  categories: readonly Erasable[],
): ErasureOrder | undefined {
  if (who === 'due') return { due: true };
  if (categories.length === 0) return undefined;
  if (who === 'marked') return { marked: true, categories };
  return chosen.length === 0 ? undefined : { alumnusIds: chosen, categories };
}
