import { Button, CloseButton, Group, TextInput } from '@mantine/core';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { present } from '../roster/address';
import { useWords } from '../words/language';
import { AccountProvider, useAccount } from './account';

/** The day as of whose end pages are shown; undefined for now. The roster alone can be shown so. */
export function useAsOf(): string | undefined {
  const { at } = useSearch({ strict: false });
  const { pathname } = useLocation();
  return pathname === '/alumni' ? at : undefined;
}

/** While a past day is shown, everything below may be read and nothing be written. */
export function AsOfReading({ children }: { readonly children: ReactNode }): ReactNode {
  const me = useAccount();
  const at = useAsOf();
  if (at === undefined) return children;
  const permissions = me.permissions.filter((one) => one.endsWith(':read'));
  return <AccountProvider me={{ ...me, permissions }}>{children}</AccountProvider>;
}

function useShowAsOf(): (at: string | undefined) => void {
  const navigate = useNavigate({ from: '/alumni' });
  return (at) =>
    void navigate({
      to: '/alumni',
      search: (now) => present({ ...now, at, tab: undefined, event: undefined }),
    });
}

/** Says in the header which day is shown, and leads back to now. */
export function AsOfRibbon(): ReactNode {
  const { w, day } = useWords();
  const at = useAsOf();
  const show = useShowAsOf();
  if (at === undefined) return null;
  return (
    <div className="e-asof" role="status">
      <strong>{w.shell.asOf(day(at))}</strong>
      <span>{w.shell.asOfReading}</span>
      <CloseButton
        size="sm"
        aria-label={w.shell.toNow}
        title={w.shell.toNow}
        onClick={() => show(undefined)}
      />
    </div>
  );
}

/** Chooses the day. */
export function AsOfChoice(): ReactNode {
  const { w } = useWords();
  const at = useAsOf();
  const show = useShowAsOf();
  const [typed, setTyped] = useState('');
  if (at !== undefined) {
    return (
      <Button variant="default" size="xs" onClick={() => show(undefined)}>
        {w.shell.toNow}
      </Button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') show(typed);
      }}
    >
      <Group gap={8} align="end" wrap="nowrap">
        <TextInput
          type="date"
          size="xs"
          label={w.shell.asOfDay}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" variant="default" size="xs" disabled={typed === ''}>
          {w.shell.asOfShow}
        </Button>
      </Group>
    </form>
  );
}
