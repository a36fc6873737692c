import { Avatar, Button, Popover, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { signOut } from '../api/session';
import { useWords } from '../words/language';
import { useAccount } from './account';

/** Who is signed in, with which roles, and the way out. */
export function AccountMenu(): ReactNode {
  const { w } = useWords();
  const { name = '', roles } = useAccount();
  return (
    <Popover position="bottom-end" width={260} trapFocus>
      <Popover.Target>
        <UnstyledButton aria-label={`${w.shell.account}: ${name}`} style={{ borderRadius: 18 }}>
          <Avatar size={36} radius="xl" color="ai" variant="filled" aria-hidden>
            {Array.from(name.trim())[0]}
          </Avatar>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={w.shell.account}>
        <Text fw={600} size="sm">
          {name}
        </Text>
        <Text size="xs" c="dimmed" mb="sm">
          {w.shell.roles}: {roles.map((role) => w.terms.role[role] ?? role).join('・')}
        </Text>
        <Button variant="default" size="xs" fullWidth onClick={() => void signOut()}>
          {w.shell.signOut}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
