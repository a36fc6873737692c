import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { onSignInElsewhere, resumeIfSignedIn, sessionExpiry } from '../api/session';
import { useWords } from '../words/language';

/**
 * Laid over the page when the session ran out: what was typed stays below, what was asked of the server waits,
 * and both go on once somebody is signed in again.
 */
export function SessionExpired(): ReactNode {
  const { w } = useWords();
  const expired = useSyncExternalStore(sessionExpiry.subscribe, sessionExpiry.expired);
  const [still, setStill] = useState(false);

  useEffect(() => {
    if (!expired) return;
    setStill(false);
    const resume = (): void => void resumeIfSignedIn();
    const stop = onSignInElsewhere(resume);
    window.addEventListener('focus', resume);
    return () => {
      stop();
      window.removeEventListener('focus', resume);
    };
  }, [expired]);

  const check = async (): Promise<void> => setStill(!(await resumeIfSignedIn()));

  return (
    <Modal
      opened={expired}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={1000}
      title={w.signIn.expiredTitle}
    >
      <Text size="sm">{w.signIn.expiredText}</Text>
      <Text size="sm" c="var(--e-red)" role="status" mih={28} pt={4}>
        {still ? w.signIn.expiredStill : ''}
      </Text>
      <Group mt="sm">
        <Button component="a" href="/auth/login?return=/signed-in" target="_blank" rel="opener">
          {w.signIn.expiredButton}
        </Button>
        <Button variant="default" onClick={() => void check()}>
          {w.signIn.expiredCheck}
        </Button>
      </Group>
    </Modal>
  );
}
