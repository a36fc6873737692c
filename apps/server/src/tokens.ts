/** Nest injection token of {@link Infrastructure}. */
export const INFRASTRUCTURE = Symbol('infrastructure');
