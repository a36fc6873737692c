import { fileURLToPath } from 'node:url';

const lib = (name: string): string =>
  fileURLToPath(new URL(`../../libs/${name}/src/index.ts`, import.meta.url));

/** Our own rooms, from their sources. Nothing in them runs when it is loaded, so what is not called is left out. */
export const ours = {
  resolve: { alias: [{ find: /^@enishi\/([a-z-]+)$/, replacement: lib('$1') }] },
};
