export * from './projector';
export * from './leaf-writer';
export * from './run-projectors';
