import { parseEligibilityRule, type ProgrammeContent } from '@enishi/domain';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import type { ProgrammeContentDto } from './programmes.dto';

/**
 * A programme's content as it was sent. The rule is a closed form of its own: its problems name the place in it.
 * @throws ProblemError 400 `eligibility-not-valid`
 */
export function contentOf(dto: ProgrammeContentDto): ProgrammeContent {
  const parsed = parseEligibilityRule(dto.eligibility);
  if ('problems' in parsed) {
    const errors = parsed.problems.map(({ path, code }) => ({
      path: `content.eligibility${path}`,
      code,
      message: code,
    }));
    throw new ProblemError(400, 'eligibility-not-valid', 'The eligibility rule is not valid', { errors });
  }
  return { ...plain(dto), eligibility: parsed.rule };
}
