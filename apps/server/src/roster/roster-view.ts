import { maskedEmail, maskedPhone, maskedText } from '@enishi/access';
import {
  reasonText,
  type Contactability,
  type PersonFacts,
  type PersonValues,
  type Reason,
  type StandingConsent,
} from '@enishi/domain';

/** A person of the roster as clients see them: addresses masked, the answer with its events or every reason. */
export function rowView(
  alumnusId: string,
  person: PersonFacts,
  values: PersonValues,
  answer: Contactability,
): Record<string, unknown> {
  const { latest, serviceMonths, employments } = person;
  return {
    alumnusId,
    name: values.name ?? null,
    kana: values.kana ?? null,
    department: latest?.department ?? null,
    job: latest?.job ?? null,
    employmentKind: latest?.kind ?? null,
    joinedOn: latest?.joinedOn ?? null,
    leftOn: latest?.leftOn ?? null,
    leavingKind: latest?.leavingKind ?? null,
    serviceMonths: serviceMonths ?? null,
    employments: employments.length,
    channels: channelsOf(values),
    answer: answer.answer,
    because: answer.answer === 'yes' ? answer.because : [],
    reasons: answer.answer === 'no' ? answer.reasons.map(reasonView) : [],
  };
}

/** A reason with its text in both languages. */
export function reasonView(reason: Reason): Record<string, unknown> {
  const { code, params, eventIds } = reason;
  return { code, params, eventIds, messages: { ja: reasonText(reason, 'ja'), en: reasonText(reason, 'en') } };
}

/** What a person's answer for a purpose and channel comes to. */
export function consentView({ purposeId, channel, answer }: StandingConsent): Record<string, unknown> {
  return {
    purposeId,
    channel,
    state: answer.state,
    version: answer.version ?? null,
    effectiveAt: answer.effective ?? null,
    expiresAt: answer.expiresAt ?? null,
    eventId: answer.factIds[0] ?? null,
  };
}

function channelsOf({ email, phone, postalAddress, lineId }: PersonValues): Record<string, string> {
  return {
    ...(email !== undefined && { email: maskedEmail(email) }),
    ...(phone !== undefined && { phone: maskedPhone(phone) }),
    ...(postalAddress !== undefined && { post: maskedText(postalAddress) }),
    ...(lineId !== undefined && { line: maskedText(lineId) }),
  };
}
