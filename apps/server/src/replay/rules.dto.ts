import { MomentQuery } from '../roster/roster.dto';

/** Rules in force at which moment. */
export class RulesQuery extends MomentQuery {}
