/**
 * Lets this repository's TypeScript under `test/` run against the built program in `dist/`: what is measured is
 * what `npm start` runs. Everything under apps, libs and projections is looked for there.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const root = path.resolve(__dirname, '../..');
const dist = path.join(root, 'dist');
const SOURCES = /^(apps|libs|projections)\b/;

function built(request, parent) {
  const view = /^@enishi\/projections\/(.+)$/.exec(request);
  if (view) return path.join(dist, 'projections', view[1]);
  const library = /^@enishi\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(request);
  if (library) return path.join(dist, 'libs', library[1], 'src', `${library[2] ?? 'index'}.js`);
  if (!request.startsWith('.') || !parent?.filename) return request;
  const target = path.relative(root, path.resolve(path.dirname(parent.filename), request));
  return SOURCES.test(target) ? path.join(dist, target) : request;
}

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  return resolve.call(this, built(request, parent), parent, ...rest);
};

Module._extensions['.ts'] = (module, file) => {
  const { code } = transformSync(fs.readFileSync(file, 'utf8'), {
    filename: file,
    sourceMaps: 'inline',
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};
