import { Fault, type HandoffRules, type HandoffTargets } from '@copse/contracts'
import { parseDuration } from '@copse/time'

/** What a tenant says of handoffs, in milliseconds. Fault `config_invalid` for a duration that is none. */
export const rulesOf = ({ nobodyAfter, returnAfter }: HandoffTargets, notify: boolean): HandoffRules => ({
  notify,
  nobodyAfterMs: msOf(nobodyAfter),
  returnAfterMs: msOf(returnAfter),
})

function msOf(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms < 1_000)
    throw new Fault('config_invalid', { detail: `\`handoffs\`: "${text}" is no duration, e.g. 15m or 12h.` })
  return ms
}
