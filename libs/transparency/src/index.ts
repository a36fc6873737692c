export * from './canonical';
export * from './leaf';
export * from './ledger-tree';
export * from './tree-root';
