export * from './json';
export * from './kernel';
export * from './terms';
export * from './shapes';
export * from './disclosure';
export * from './eligibility';
export * from './upcasters';
