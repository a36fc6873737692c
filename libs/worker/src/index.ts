export * from './projector';
export * from './leaf-writer';
export * from './known-leaf';
export * from './run-projectors';
