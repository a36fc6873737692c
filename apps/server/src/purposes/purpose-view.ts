import type { Instant } from '@enishi/domain';
import type { Programme, Purpose } from '@enishi/projections/purpose-catalogue/query';

/** A purpose as clients see it. */
export function purposeView(purpose: Purpose, at: Instant): Record<string, unknown> {
  const { purposeId, code, schedule, current, retired, draft, notices } = purpose;
  const published = schedule.versions.map((version) => ({
    version: version.version,
    revision: version.revision,
    state: versionState(version, current?.version, at),
    publishedEffectiveAt: version.publishedFrom,
    usableFrom: version.usableFrom ?? null,
    notices: notices
      .filter((notice) => notice.data.version === version.version)
      .map(({ data, effectiveAt }) => ({ method: data.method, proof: data.proof, effectiveAt })),
    content: version.content,
    noticeHash: version.noticeHashes,
  }));
  const drafted = draft && {
    version: draft.version,
    revision: draft.revision,
    state: 'draft',
    notices: [],
    content: draft.content,
  };
  const scheduled = schedule.versions.some((version) => (version.usableFrom ?? '') > at);
  return {
    purposeId,
    code,
    title: (current ?? schedule.versions.at(-1) ?? draft)?.content.title,
    state: retired
      ? 'retired'
      : current
        ? 'in-force'
        : scheduled
          ? 'scheduled'
          : published.length > 0
            ? 'waiting-for-notice'
            : 'draft',
    versions: [...published, ...(drafted ? [drafted] : [])],
    inForce: current?.version ?? null,
  };
}

function versionState(
  version: { readonly version: number; readonly usableFrom?: Instant },
  current: number | undefined,
  at: Instant,
): string {
  if (version.usableFrom === undefined) return 'waiting-for-notice';
  if (version.usableFrom > at) return 'scheduled';
  if (version.version === current) return 'in-force';
  return 'superseded';
}

/** A programme as clients see it. */
export function programmeView(programme: Programme, at: Instant): Record<string, unknown> {
  const { programmeId, code, schedule, current, closed, draft, officerId } = programme;
  const published = schedule.versions.map(({ version, content, from }) => ({
    version,
    state: from > at ? 'scheduled' : version === current?.version ? 'in-force' : 'superseded',
    content,
    effectiveAt: from,
  }));
  const drafted = draft && { version: draft.version, state: 'draft', content: draft.content };
  return {
    programmeId,
    code,
    title: (current ?? schedule.versions.at(-1) ?? draft)?.content.title,
    state: closed ? 'closed' : current ? 'in-force' : published.length > 0 ? 'scheduled' : 'draft',
    versions: [...published, ...(drafted ? [drafted] : [])],
    inForce: current?.version ?? null,
    officerId: officerId ?? null,
  };
}
