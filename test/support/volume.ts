/** How many: few in `npm test`, many in `npm run test:full`, where the same behaviour is shown at volume. */
export function atVolume(few: number, many: number): number {
  return process.env['ENISHI_TEST_FULL'] === '1' ? many : few;
}
