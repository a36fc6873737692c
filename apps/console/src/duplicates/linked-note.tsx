import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { nameText } from '../person/name';
import { useWords } from '../words/language';
import { linkedQuery } from './pairs';

/** The other records of a person, where somebody has linked any. */
export function LinkedNote({ alumnusId }: { readonly alumnusId: string }): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  const { data: linked = [] } = useQuery(linkedQuery(alumnusId));
  if (linked.length === 0) return null;
  return (
    <p className="e-small" style={{ margin: '8px 0' }}>
      {w.duplicates.linkedWith}:{' '}
      {linked.map((record, index) => {
        const name = nameText(record.name) ?? record.alumnusId.slice(0, 8);
        return (
          <span key={record.alumnusId}>
            {index > 0 && w.shell.comma}
            {can('duplicates:read') ? (
              <Link
                to="/alumni/duplicates/$alumnusId/$otherId"
                params={{ alumnusId, otherId: record.alumnusId }}
              >
                {name}
              </Link>
            ) : (
              name
            )}
          </span>
        );
      })}
    </p>
  );
}
