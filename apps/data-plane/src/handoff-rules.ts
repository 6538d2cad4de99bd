import { Fault, type HandoffRules, type HandoffTargets } from '@copse/contracts'
import { addOpenTime, parseDuration, type OpeningHours } from '@copse/time'

interface Circumstances {
  /** There is somebody to notify. */
  notify: boolean
  hours: OpeningHours | undefined
  zone: string
}

/** What a tenant says of handoffs, in milliseconds. Fault `config_invalid` for a duration that is none. */
export function rulesOf(
  { nobodyAfter, returnAfter }: HandoffTargets,
  { notify, hours, zone }: Circumstances,
): HandoffRules {
  const nobodyAfterMs = msOf(nobodyAfter)
  return {
    notify,
    // Nobody has failed to come who was not there yet. One that never opens keeps no customer waiting for a word.
    nobodyAt: (askedAt) => (hours && addOpenTime(hours, zone, askedAt, nobodyAfterMs)) ?? askedAt + nobodyAfterMs,
    returnAfterMs: msOf(returnAfter),
  }
}

function msOf(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms < 1_000)
    throw new Fault('config_invalid', { detail: `\`handoffs\`: "${text}" is no duration, e.g. 15m or 12h.` })
  return ms
}
