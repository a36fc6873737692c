import type { Group } from '../leaf';
import { EXPORT_BUNDLE } from './export-bundle';

/** `enishi export …` */
export const EXPORT: Group = {
  name: 'export',
  summary: 'files for somebody outside',
  leaves: [EXPORT_BUNDLE],
};
