// Exit code 0 while `/ready` of the operators' port says 200: servers and workers alike.
const port = process.env.ENISHI_METRICS_PORT ?? '4311';
const status = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(4000) }).then(
  (answer) => answer.status,
  () => 0,
);
process.exitCode = status === 200 ? 0 : 1;
