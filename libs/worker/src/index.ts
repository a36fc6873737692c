export * from './projector';
export * from './leaf-writer';
export * from './known-leaf';
export * from './run-projectors';
export * from './grow-tree';
export * from './proofs';
export * from './sealer';
export * from './tree-tables';
