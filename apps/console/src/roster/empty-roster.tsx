import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ContactChannel, Funnel, Purpose, RosterMode } from '../api/contract';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { useWords } from '../words/language';
import { hasEnded } from './versions';

interface EmptyRosterProps {
  readonly mode: RosterMode;
  readonly filtered: boolean;
  readonly funnel: Funnel | undefined;
  readonly purpose: Purpose;
  readonly channel: ContactChannel;
  readonly onClear: () => void;
}

/** Why nobody is listed, and what to do about it. */
export function EmptyRoster({
  mode,
  filtered,
  funnel,
  purpose,
  channel,
  onClear,
}: EmptyRosterProps): ReactNode {
  const { w, language, number } = useWords();
  const sentences = (...of: string[]): string => of.join(language === 'ja' ? '' : ' ');
  const { can } = useAccount();
  const e = w.roster.empty;

  if (funnel?.imported === 0) {
    if (!can('imports:write'))
      return <Empty title={e.importedTitle} text={sentences(e.importedText, e.importedAsk)} />;
    return (
      <Empty title={e.importedTitle} text={e.importedText} command="npx enishi import leavers FILE">
        <Button component={Link} to="/alumni/import">
          {e.importedLink}
        </Button>
      </Empty>
    );
  }
  if (filtered) {
    return (
      <Empty title={e.filteredTitle} text={e.filteredText}>
        <Button variant="default" onClick={onClear}>
          {e.filteredLink}
        </Button>
      </Empty>
    );
  }
  if (mode === 'approachable') return <Empty title={e.approachableTitle} text={e.approachableText} />;
  if (mode === 'excluded') return <Empty title={e.excludedTitle} text={e.excludedText} />;

  if (hasEnded(purpose)) return <Empty title={w.roster.endedTitle} text={w.roster.endedText} />;
  const approachable = funnel?.approachable ?? 0;
  const text = e.consentedText(purpose.title[language], w.terms.contactChannel[channel]);
  return (
    <Empty title={e.consentedTitle} text={approachable === 0 ? sentences(text, e.consentedNone) : text}>
      <Group>
        {approachable > 0 && (
          <Button
            renderRoot={(props) => (
              <Link
                {...props}
                from="/alumni"
                to="/alumni"
                search={(now) => ({ ...now, mode: 'approachable' as const })}
              />
            )}
          >
            {e.consentedLink(number(approachable))}
          </Button>
        )}
        <Link from="/alumni" to="/alumni" search={(now) => ({ ...now, mode: 'excluded' as const })}>
          {e.consentedExcluded}
        </Link>
      </Group>
    </Empty>
  );
}
