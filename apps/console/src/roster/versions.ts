import type { Programme, Purpose, PurposeVersion } from '../api/contract';

/** The version of a purpose that is in force. */
export function versionInForce(purpose: Purpose | undefined): PurposeVersion | undefined {
  return purpose?.versions.find(({ version }) => version === purpose.inForce);
}

/** Programmes in force that serve a purpose. */
export function programmesOf(programmes: readonly Programme[], purposeId: string): readonly Programme[] {
  return programmes.filter((programme) =>
    programme.versions.some(
      ({ version, content }) => version === programme.inForce && content.purposeIds.includes(purposeId),
    ),
  );
}
