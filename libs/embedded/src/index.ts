export { forgetOldRows } from './forget';
export { findEmbedded } from './running';
export { type Embedded, type EmbeddedOptions, startEmbedded } from './supervisor';
export { type RunningServer, StartError, type StartErrorCode } from './start-error';
