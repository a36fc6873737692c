/** Lets a plain `node -r` process load this repository's TypeScript, as Jest does: swc and the path aliases. */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const root = path.resolve(__dirname, '../..');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const library = /^@enishi\/(?!projections)([a-z-]+)(?:\/([a-z-]+))?$/.exec(request);
  if (library) {
    const door = path.join(root, 'libs', library[1], 'src', `${library[2] ?? 'index'}.ts`);
    return resolve.call(this, door, ...rest);
  }
  return resolve.call(
    this,
    request.replace(/^@enishi\/projections/, path.join(root, 'projections')),
    ...rest,
  );
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
