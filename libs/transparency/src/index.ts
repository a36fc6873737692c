export * from './canonical';
export * from './leaf';
export * from './tree-root';
