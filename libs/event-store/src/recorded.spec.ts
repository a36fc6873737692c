import { asStored, withoutData } from './recorded';

const envelope = { stream: 'alumnus-1', revision: 0, position: 7n, id: 'e-1', type: 'AlumnusRegistered' };
const AT = '2026-11-21T00:00:00.000Z';

it('parses the texts when their values are asked for, once', () => {
  const event = asStored(envelope, '{"a":{"b":1}}', '{"v":1}', AT);
  expect(event).toMatchObject({
    ...envelope,
    dataText: '{"a":{"b":1}}',
    metadataText: '{"v":1}',
    recordedAt: AT,
  });
  expect(event.data).toEqual({ a: { b: 1 } });
  expect(event.data).toBe(event.data);
  expect(event.metadata).toBe(event.metadata);
  // A copy is a whole event too.
  expect({ ...event }).toEqual(event);
});

it('tells of an event whose data nobody wanted everything but that', () => {
  const event = withoutData(envelope, AT);
  expect([event.stream, event.revision, event.position, event.id, event.type, event.recordedAt]).toEqual([
    ...Object.values(envelope),
    AT,
  ]);
  for (const part of ['data', 'metadata', 'dataText', 'metadataText'] as const) {
    expect(() => event[part]).toThrow('AlumnusRegistered was not read');
  }
});
