import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import type { ErasurePart } from './erasures';

/** What goes, and of how many people. */
export function PartsTable({ parts }: { readonly parts: readonly ErasurePart[] }): ReactNode {
  const { w, number } = useWords();
  const c = w.erasure.partColumns;
  return (
    <div
      className="e-scroll"
      tabIndex={0}
      role="region"
      aria-label={w.erasure.parts}
      style={{ marginTop: 12 }}
    >
      <table className="e-table">
        <thead>
          <tr>
            <th scope="col">{c.categories}</th>
            <th scope="col" className="e-num">
              {c.people}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ categories, people }) => (
            <tr key={categories.join()}>
              <td>{categories.map((one) => w.erasure.category[one] ?? one).join(w.shell.comma)}</td>
              <td className="e-num">{number(people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
