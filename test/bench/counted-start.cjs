// Preloaded into a program that is measured (programs.ts): at its end, leaves what it loaded and computed.
const fs = require('node:fs');
const { extname } = require('node:path');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const modules = Object.keys(require.cache).filter((file) => extname(file) !== '.node').length - 1;
  fs.writeFileSync(process.env.COUNTED_START, JSON.stringify({ modules, processor: (user + system) / 1000 }));
});
