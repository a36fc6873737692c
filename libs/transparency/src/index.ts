export * from './canonical';
export * from './leaf';
