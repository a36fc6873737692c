/** An error without its message: name, code and the frames of its stack. */
export function describe(error: Error): Record<string, unknown> {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const cause = error.cause instanceof Error ? { cause: describe(error.cause) } : {};
  return { name: error.name, code: (error as { code?: unknown }).code, frames: frames.slice(0, 8), ...cause };
}
