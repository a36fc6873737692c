import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { ours } from './vite.aliases.ts';

/** The command, as one file that runs wherever Node does, without any package. */
export default defineConfig({
  ...ours,
  ssr: { noExternal: true },
  build: {
    ssr: fileURLToPath(new URL('src/main.ts', import.meta.url)),
    outDir: '../../dist/verifier',
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'enishi-verify.mjs', codeSplitting: false } },
  },
});
