import { InvalidArgumentError, Option } from 'commander';

/** A day or an instant, as the server reads them. */
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export function option(flags: string, description: string): Option {
  return new Option(flags, description);
}

const REQUIRED = new WeakSet<Option>();

/**
 * An option that must be given. Commander's own check would come before that of unknown options, and a mistyped
 * name would be reported as a missing one.
 */
export function required(made: Option): Option {
  REQUIRED.add(made);
  made.description = `${made.description} [required]`;
  return made;
}

/** Whether an option must be given. */
export function isRequired(option: Option): boolean {
  return REQUIRED.has(option);
}

/** One of a closed list. */
export function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values);
}

/** Several of a closed list, separated by commas; the option may also be repeated. */
export function choices(flags: string, description: string, values: readonly string[]): Option {
  const read = (text: string, before?: string[]): string[] => {
    const words = separate(text);
    if (words.length === 0 || words.some((word) => !values.includes(word))) {
      throw new InvalidArgumentError(`Allowed: ${values.join(', ')}.`);
    }
    return [...new Set([...(before ?? []), ...words])];
  };
  return new Option(flags, `${description} (${values.join(', ')})`).argParser(read);
}

/** Several words, separated by commas; the option may also be repeated. */
export function words(flags: string, description: string): Option {
  const read = (text: string, before?: string[]): string[] => [...(before ?? []), ...separate(text)];
  return new Option(flags, description).argParser(read);
}

/** A day (its beginning in Asia/Tokyo), a day and time there, or an instant. */
export function time(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string): string => {
    if (!TIME.test(text))
      throw new InvalidArgumentError(
        'Write 2026-03-31, or 2026-03-31T15:04 (both Asia/Tokyo), or 2026-03-31T06:04:00Z.',
      );
    return text;
  });
}

/** A day. */
export function day(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string): string => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('Write 2026-03-31.');
    return text;
  });
}

/** A whole number within bounds. */
export function count(flags: string, description: string, least: number, most: number): Option {
  return new Option(flags, description).argParser((text: string): number => {
    const value = Number(text);
    if (!/^\d{1,12}$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`A whole number from ${least} to ${most.toLocaleString('en')}.`);
    }
    return value;
  });
}

function separate(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
