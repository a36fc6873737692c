import type { Programme, Purpose, PurposeVersion } from '../api/contract';

/** The version of a purpose that is in force. */
export function versionInForce(purpose: Purpose | undefined): PurposeVersion | undefined {
  return purpose?.versions.find(({ version }) => version === purpose.inForce);
}

/** The version in force; of a purpose that has ended, the last one that was. None where nothing ever was. */
export function versionToShow(purpose: Purpose | undefined): PurposeVersion | undefined {
  return versionInForce(purpose) ?? purpose?.versions.findLast(({ state }) => state === 'superseded');
}

/** Whether it was in force and is no longer: its past can be looked at, nothing new begins. */
export function hasEnded(purpose: Purpose): boolean {
  return purpose.state === 'retired';
}

/** Programmes in force that serve a purpose. */
export function programmesOf(programmes: readonly Programme[], purposeId: string): readonly Programme[] {
  return programmes.filter((programme) =>
    programme.versions.some(
      ({ version, content }) => version === programme.inForce && content.purposeIds.includes(purposeId),
    ),
  );
}
