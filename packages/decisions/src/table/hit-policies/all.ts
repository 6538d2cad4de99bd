import type { HitPolicyName } from '../table.ts'
import { any } from './any.ts'
import { collect } from './collect.ts'
import { first } from './first.ts'
import type { HitPolicy } from './hit-policy.ts'
import { outputOrder } from './output-order.ts'
import { priority } from './priority.ts'
import { ruleOrder } from './rule-order.ts'
import { unique } from './unique.ts'

export const hitPolicies: Record<HitPolicyName, HitPolicy> = {
  unique,
  any,
  priority,
  first,
  'rule order': ruleOrder,
  'output order': outputOrder,
  collect,
}
