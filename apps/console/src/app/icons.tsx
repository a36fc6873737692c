import type { ReactNode } from 'react';

const PATHS = {
  people: 'M8 8.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.2 14c.4-2.7 2.7-4.2 5.8-4.2s5.4 1.5 5.8 4.2',
  inbox: 'M8 2v7m0 0L5 6.2M8 9l3-2.8M2.5 10v3.5h11V10',
  letter: 'M2 3.5h12v9H2ZM2 4l6 5 6-5',
  today: 'M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5M5.5 10l1.8 1.8 3.2-3.6',
  pair: 'M2.5 3h4.5v10H2.5ZM9 3h4.5v10H9ZM4 5.5h1.5M4 8h1.5m5-2.5H12M10.5 8H12',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1v1.6m0 10.8V15M1 8h1.6m10.8 0H15M3 3l1.2 1.2m7.6 7.6L13 13M13 3l-1.2 1.2M4.2 11.8 3 13',
  moon: 'M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9Z',
  filter: 'M2 4h12M4.5 8h7M7 12h2',
  close: 'm4 4 8 8m0-8-8 8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  check: 'm3 8.5 3.4 3.4L13 4.6',
  warning: 'M8 2 1.6 13.5h12.8ZM8 6.5v3.2m0 1.7v.2',
  target: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-4a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  page: 'M3.5 2h6l3 3v9h-9ZM9.5 2v3h3M5.5 8.5h5m-5 2.5h5',
  book: 'M3 3.2C4.7 2.7 6.4 2.8 8 4c1.6-1.2 3.3-1.3 5-.8v9.4c-1.7-.5-3.4-.4-5 .8-1.6-1.2-3.3-1.3-5-.8ZM8 4v9.4',
  export: 'M8 10V2.5m0 0L5 5.3m3-2.8 3 2.8M2.5 10v3.5h11V10',
  key: 'M10.5 9a3.5 3.5 0 1 0-3.3-2.3L2 12v2h2.5v-1.5H6V11h1.5l.8-.8A3.5 3.5 0 0 0 10.5 9Z',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  seal: 'M8 10.2a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5.5 9.4 4.5 14 8 12.2 11.5 14l-1-4.6',
  calendar: 'M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3m5-3v3',
  hold: 'M5 3v10m6-10v10',
  down: 'm3.5 6 4.5 4.5L12.5 6',
} as const;
export type IconName = keyof typeof PATHS;

/** A small line drawing beside a word; never the only bearer of a meaning. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The two rings that hold each other. */
export function Mark(): ReactNode {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="6" fill="#2f3e8f" />
      <g fill="none" stroke="#fff" strokeWidth="2.6">
        <circle cx="12.2" cy="16" r="6" />
        <circle cx="19.8" cy="16" r="6" />
      </g>
    </svg>
  );
}
