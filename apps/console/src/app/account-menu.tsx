import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
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
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton
          aria-label={`${w.shell.account}: ${account.displayName}`}
          style={{ borderRadius: 18 }}
        >
          <Avatar size={36} radius="xl" color="ai" variant="filled" aria-hidden>
            {Array.from(account.displayName.trim())[0]}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
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
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{w.shell.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
