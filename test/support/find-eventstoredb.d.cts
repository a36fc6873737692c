export type FoundEventStoreDb =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'program'; readonly program: string }
  | { readonly kind: 'container' }
  | { readonly kind: 'none'; readonly reason: string };
export function findEventStoreDb(): Promise<FoundEventStoreDb>;
