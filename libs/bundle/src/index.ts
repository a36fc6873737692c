export * from './consent-lines';
export * from './csv';
export * from './disclosures';
export * from './format';
export * from './leaf-event';
export * from './people-lines';
export * from './scope';
export * from './trail-lines';
