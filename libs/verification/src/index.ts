export * from './finding';
export * from './machine';
export * from './report-words';
export * from './verify';
