import type { Release } from '@copse/contracts'
import { standingChannel, standingTimers } from '@copse/dialogue'
import type { Lane } from '@copse/lane'

/** Tasks that recur by themselves become timers; one that stands already goes on where it was. */
export async function setStanding(release: Release, lane: Lane): Promise<void> {
  const wanted = standingTimers(release)
  if (wanted.length === 0) return
  await lane.changeTimers(
    { channel: standingChannel, alias: 'standing' },
    wanted.map((set) => ({ set })),
  )
}
