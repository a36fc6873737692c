import type { Policy } from './policy';

/**
 * What becomes of a letter of the desk is noted in the request that it answers: one that has left has told the person, one that
 * did not arrive brings the request back.
 */
export const requestReplies: Policy = {
  name: 'request-replies',
  start: 'beginning',
  handles: ['LetterSent', 'LetterNotDelivered'],
  react(fact) {
    if (fact.type !== 'LetterSent' && fact.type !== 'LetterNotDelivered') return [];
    const { requestId, letterId } = fact.data;
    if (requestId === undefined) return [];
    const of = { requestId, letterId };
    const command =
      fact.type === 'LetterSent'
        ? ({
            kind: 'NoteReplySent',
            ...of,
            means: fact.data.means,
            sentId: fact.id,
            sentAt: fact.effectiveAt,
          } as const)
        : ({ kind: 'NoteReplyReturned', ...of, ground: fact.data.ground } as const);
    return [{ command, discriminator: fact.id }];
  },
};
