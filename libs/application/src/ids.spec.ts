import fc from 'fast-check';
import { v5 } from 'uuid';
import { createdId, eventId, rowCommandId } from './ids';

it('derives the ids that the uuid package derives', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), fc.nat(), (command, stream, index) => {
      expect(eventId(command, stream, index)).toBe(v5(`${stream}/${index}`, command));
      expect(createdId(command, stream)).toBe(v5(`created:${stream}`, command));
      expect(rowCommandId(command, index)).toBe(v5(`row:${index}`, command));
    }),
  );
});

it('refuses a namespace that is no uuid', () => {
  expect(() => eventId('command', 'stream', 0)).toThrow(TypeError);
});
