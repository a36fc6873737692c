import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';
import { ours } from './vite.aliases.ts';

/** Puts script and style into the page, and says in its policy that nothing else may run, load or be sent. */
function onePage(): Plugin {
  return {
    name: 'one-page',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const script = files
        .flatMap((file) => (file.type === 'chunk' ? file.code : []))
        .join('')
        .trim();
      const style = files.flatMap((file) =>
        isStyle(file.fileName) && 'source' in file ? String(file.source) : [],
      );
      const page = files.find((file) => file.fileName === 'index.html');
      if (page?.type !== 'asset') throw new Error('no page was built');
      const inner = { script: script.replaceAll('</script', '<\\/script'), style: style.join('').trim() };
      page.source = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>\s*/, '')
        .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
        .replace('POLICY', policyOf(inner))
        .replace('</head>', () => `<style>${inner.style}</style></head>`)
        .replace('</body>', () => `<script type="module">${inner.script}</script></body>`);
      page.fileName = 'verifier.html';
      for (const name of Object.keys(bundle)) if (bundle[name] !== page) Reflect.deleteProperty(bundle, name);
    },
  };
}

const isStyle = (name: string): boolean => name.endsWith('.css');

function policyOf({ script, style }: { readonly script: string; readonly style: string }): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
}

/** The page: one file that opens from disk. */
export default defineConfig({
  ...ours,
  base: './',
  plugins: [onePage()],
  build: {
    outDir: '../../dist/verifier',
    emptyOutDir: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
