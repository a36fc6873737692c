// Exit code 0 while `/ready` of the operators' port says 200: servers and workers alike.
setTimeout(() => process.exit(1), 4000).unref();
const port = process.env.ENISHI_METRICS_PORT ?? '4311';
const status = await fetch(`http://127.0.0.1:${port}/ready`).then(
  (answer) => answer.status,
  () => 0,
);
process.exitCode = status === 200 ? 0 : 1;
