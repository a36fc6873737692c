export * from './projector';
export * from './leaf-writer';
