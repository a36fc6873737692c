import { Avatar, Button, Popover, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { signOut } from '../api/session';
import { useWords } from '../words/language';
import { useAccount } from './account';

/** Who is signed in, with which roles, and the way out. */
export function AccountMenu(): ReactNode {
  const { w, instant } = useWords();
  const { account } = useAccount();
  const roles = account.roles.map((role) => w.terms.role[role] ?? role).join('・');
  return (
    <Popover position="bottom-end" width={260} trapFocus>
      <Popover.Target>
        <UnstyledButton
          aria-label={`${w.shell.account}: ${account.displayName}`}
          style={{ borderRadius: 18 }}
        >
          <Avatar size={36} radius="xl" color="ai" variant="filled" aria-hidden>
            {Array.from(account.displayName.trim())[0]}
          </Avatar>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={w.shell.account}>
        <div style={{ marginBottom: 12 }}>
          <Text fw={600} size="sm">
            {account.displayName}
          </Text>
          <Text size="xs" c="dimmed">
            {w.shell.roles}: {roles}
          </Text>
          {account.validUntil && (
            <Text size="xs" c="dimmed">
              {w.shell.validUntil(instant(account.validUntil))}
            </Text>
          )}
        </div>
        <Button variant="default" size="xs" fullWidth onClick={() => void signOut()}>
          {w.shell.signOut}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
