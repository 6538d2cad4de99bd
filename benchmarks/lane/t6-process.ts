import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark } from '../harness/benchmark.ts'
import { claimCounts, unmeasured } from '../harness/claim.ts'
import { availableMB, idleMemory, openTenants, type Started, type Tenants } from './process/tenants.ts'
import { median } from './quantile.ts'

const atOnce = 40

export const benchmark: Benchmark = {
  id: 'T6',
  async measure({ quick }) {
    if (!existsSync('/proc/meminfo'))
      return [unmeasured('T6', 'start and memory of a process', 'there is no /proc here')]
    const tenants = await openTenants()
    try {
      // The first start fills the compile cache and saves the release.
      await (await tenants.tenant(0)).stop()
      const found: { empty: Idle; tenant: Idle }[] = []
      const rounds = quick ? 3 : 9
      for (let round = 0; round < rounds; round++) {
        found.push({ empty: await one(tenants.empty()), tenant: await one(tenants.tenant(0)) })
      }
      const of = (who: 'empty' | 'tenant', what: keyof Idle) => median(found.map((each) => each[who][what]))
      const [readyMs, emptyMs] = [of('tenant', 'readyMs'), of('empty', 'readyMs')]
      const marginal = await marginalMB(tenants, quick ? 10 : atOnce)
      return [
        {
          ...claimCounts({
            id: 'T6',
            what: 'a tenant from its start to listening: at most 3 times an empty process',
            versus: 'an empty node process',
            unit: 'ms',
            ours: readyMs,
            reference: emptyMs,
            goal: 3,
            also: { 'CPU ms': of('tenant', 'cpuMs'), 'CPU ms, empty': of('empty', 'cpuMs') },
          }),
          rounds,
        },
        {
          ...claimCounts({
            id: 'T6-ms',
            what: 'the same: at most 250 ms',
            versus: 'the bound',
            unit: 'ms',
            ours: readyMs,
            reference: 250,
            goal: 1,
          }),
          rounds,
        },
        {
          ...claimCounts({
            id: 'T7',
            what: 'memory of a tenant that waits: at most 2.1 times an empty process',
            versus: 'RSS of an empty node process',
            unit: 'MB',
            ours: of('tenant', 'rssMB'),
            reference: of('empty', 'rssMB'),
            goal: 2.1,
          }),
          rounds,
        },
        claimCounts({
          id: 'T7-more',
          what: `what each of ${quick ? 10 : atOnce} tenants takes from the machine: at most 40 MB`,
          versus: 'the bound',
          unit: 'MB',
          ours: marginal,
          reference: 40,
          goal: 1,
        }),
      ]
    } finally {
      await tenants.close()
    }
  },
}

interface Idle {
  readyMs: number
  rssMB: number
  cpuMs: number
}

async function one(starting: Promise<Started>): Promise<Idle> {
  const started = await starting
  const memory = await idleMemory(started)
  await started.stop()
  return { readyMs: started.readyMs, ...memory }
}

/** By what the machine says is available, so that shared pages count once. */
async function marginalMB(tenants: Tenants, count: number): Promise<number> {
  const running: Started[] = []
  try {
    running.push(await tenants.tenant(1))
    await sleep(500)
    const before = availableMB()
    for (let number = 2; number <= count; number += 4) {
      const some = Array.from({ length: Math.min(4, count - number + 1) }, (_, at) => tenants.tenant(number + at))
      running.push(...(await Promise.all(some)))
    }
    await sleep(1_500)
    return (before - availableMB()) / (running.length - 1)
  } finally {
    await Promise.all(running.map((started) => started.stop()))
  }
}
