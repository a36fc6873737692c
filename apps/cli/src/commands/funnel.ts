import type { Funnel } from '../answers';
import { leaf } from '../leaf';
import type { Session } from '../session';
import { QUESTION, questionOf, type QuestionOptions } from './question';

/** "412 imported → 398 reachable → 0 consented": why a roster is as long as it is, and what comes next. */
export function funnelText(session: Session, funnel: Funnel, purpose: string, channel: string): string {
  const number = (value: number): string =>
    `${funnel.estimated === true ? '≈' : ''}${value.toLocaleString('en')}`;
  const steps = [
    session.t(`取り込み ${number(funnel.imported)}`, `${number(funnel.imported)} imported`),
    session.t(`連絡先あり ${number(funnel.reachable)}`, `${number(funnel.reachable)} reachable`),
    session.t(`同意 ${number(funnel.consented)}`, `${number(funnel.consented)} consented`),
    session.t(`案内できる ${number(funnel.contactable)}`, `${number(funnel.contactable)} may be contacted`),
  ];
  return `${steps.join(' → ')}\n${nextStep(session, funnel, purpose, channel)}`;
}

function nextStep(session: Session, funnel: Funnel, purpose: string, channel: string): string {
  if (funnel.imported === 0) {
    return session.t(
      '  → 退職者を取り込んでください: enishi import leavers FILE\n',
      '  → Import leavers: enishi import leavers FILE\n',
    );
  }
  if (funnel.approachable === 0) return '';
  const command = `enishi roster --purpose ${purpose} --channel ${channel} --approachable`;
  return session.t(
    `  → 同意を依頼できる人が ${funnel.approachable.toLocaleString('en')} 人います: ${command}\n`,
    `  → ${funnel.approachable.toLocaleString('en')} may be asked for consent: ${command}\n`,
  );
}

/** `enishi funnel` */
export const FUNNEL = leaf<QuestionOptions>({
  usage: 'funnel',
  summary: 'how many were imported, are reachable, consented, may be contacted',
  examples: ['funnel --purpose rehire --channel email'],
  options: QUESTION,
  async act(session, options) {
    const api = await session.api();
    const funnel = await api.get<Funnel>('/v1/roster/funnel', await questionOf(api, options));
    await session.show(funnel, () => funnelText(session, funnel, options.purpose, options.channel));
  },
});
