import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server serves what this builds; nothing may be inlined that its content policy would refuse. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    rolldownOptions: {
      output: {
        // What changes with a dependency only is cached apart from what changes with every release.
        codeSplitting: {
          groups: [{ name: 'framework', test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// }],
        },
      },
    },
  },
});
