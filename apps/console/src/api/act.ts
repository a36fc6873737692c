import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { newActKey } from './client';

/**
 * A command of the user's. The same input sent again after a failure carries the same key, so that an act whose
 * outcome was unknown is done once; another input, or the same one after a success, is another act.
 */
export function useAct<Input, Answer>(
  carryOut: (input: Input, key: string) => Promise<Answer>,
  onDone?: (answer: Answer, input: Input) => unknown,
): UseMutationResult<Answer, Error, Input> {
  const pending = useRef<{ input: string; key: string } | undefined>(undefined);
  return useMutation<Answer, Error, Input>({
    mutationFn: async (input) => {
      const text = inputText(input);
      if (pending.current?.input !== text) pending.current = { input: text, key: newActKey() };
      const answer = await carryOut(input, pending.current.key);
      pending.current = undefined;
      return answer;
    },
    onSuccess: async (answer, input) => {
      await onDone?.(answer, input);
    },
  });
}

/** Input as text; a file counts by name, size and time. */
function inputText(input: unknown): string {
  return (
    (JSON.stringify(input, (_, value: unknown) =>
      value instanceof File ? [value.name, value.size, value.lastModified] : value,
    ) as string | undefined) ?? ''
  );
}
