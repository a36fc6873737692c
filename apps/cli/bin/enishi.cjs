#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '../../../dist/apps/cli/src/main.js');
if (existsSync(main)) {
  require(main);
} else {
  process.stderr.write('The command line is not built yet: run `npm start` once, or `npm run build`.\n');
  process.exitCode = 1;
}
