import type { Me } from './contract';

/** The sign-in of this tab: its CSRF value, and what waits while a session that ran out is renewed. */

let csrf = '';
let accountId: string | undefined;
let waiting: { promise: Promise<void>; resolve: () => void } | undefined;
const listeners = new Set<() => void>();

/** Tabs tell each other that somebody signed in. */
const SIGNED_IN = 'enishi-signed-in';

/** The value that unsafe requests carry. */
export function csrfToken(): string {
  return csrf;
}

/** Who is signed in; undefined where nobody is. Never waits for a sign-in. */
export async function readMe(): Promise<Me | undefined> {
  const response = await fetch('/auth/me', { headers: { accept: 'application/json' } });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error(`/auth/me answered ${response.status}`);
  const me = (await response.json()) as Me;
  csrf = me.csrfToken ?? '';
  // Another person in this tab must not see what the last one opened.
  if (accountId !== undefined && accountId !== me.accountId) window.location.assign('/');
  accountId = me.accountId;
  return me;
}

/** True where this tab was signed in once, so that a 401 means that the session ran out. */
export function wasSignedIn(): boolean {
  return accountId !== undefined;
}

/** Resolves once somebody signed in again; meanwhile the dialog is shown and what was typed stays. */
export function signedInAgain(): Promise<void> {
  if (waiting === undefined) {
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    waiting = { promise, resolve };
    listeners.forEach((listener) => listener());
  }
  return waiting.promise;
}

/** Asks the server whether the session is there again, and if so lets everything that waits go on. */
export async function resumeIfSignedIn(): Promise<boolean> {
  const me = await readMe().catch(() => undefined);
  if (me === undefined) return false;
  waiting?.resolve();
  waiting = undefined;
  listeners.forEach((listener) => listener());
  return true;
}

/** For `useSyncExternalStore`: whether something waits for a sign-in. */
export const sessionExpiry = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  expired: (): boolean => waiting !== undefined,
};

/** Tells other tabs of this browser that a sign-in succeeded. */
export function announceSignIn(): void {
  const channel = new BroadcastChannel(SIGNED_IN);
  channel.postMessage('signed-in');
  channel.close();
}

/** Calls back when another tab signed in. @returns ends the listening */
export function onSignInElsewhere(callback: () => void): () => void {
  const channel = new BroadcastChannel(SIGNED_IN);
  channel.onmessage = callback;
  return () => channel.close();
}

/** Leaves for the sign-in page and comes back to where this tab is; the address holds opaque ids only. */
export function signIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/auth/login?return=${encodeURIComponent(here)}`);
}

/** Ends the session and shows the sign-in page. */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/logout', { method: 'POST', headers: { 'x-enishi-csrf': csrf } });
  const { next } = (await response.json().catch(() => ({}))) as { next?: string };
  window.location.assign(response.ok ? (next ?? '/') : '/');
}
