export { readPem, type Certificate } from './certificate';
export { StampFault, type StampFaultCode } from './der';
export * from './machine';
export { checkTimestamp, readTimestamp, writeRequest, type Stamped, type Timestamp } from './timestamp';
