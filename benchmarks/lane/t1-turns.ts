import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Benchmark, Result, Run } from '../harness/benchmark.ts'
import { claimCounts, unmeasured } from '../harness/claim.ts'
import { slowDisk, slowerByMs } from './disk/slow.ts'
import { measureRounds, type Rounds } from './turns/rounds.ts'

export const benchmark: Benchmark = {
  id: 'T1',
  async measure(run) {
    const rounds = await measureRounds(run)
    return [
      perSync('T1', 'refund turns, 64 contacts at once: at least half as many as the disk can sync', 0.5, rounds),
      perSync('T1-one', 'the same with one contact, each turn after the other: at least 0.12 of it', 0.12, rounds),
      await onSlowDisk(run),
    ]
  },
}

function perSync(id: string, what: string, share: number, rounds: Rounds): Result {
  const { syncs, manyPerS, onePerS } = rounds
  return {
    ...claimCounts({
      id,
      what,
      versus: 'fdatasyncs of 16 KB in the same folder',
      unit: 'per s',
      better: 'more',
      ours: id === 'T1-one' ? onePerS : manyPerS,
      reference: syncs.perS,
      goal: 1 / share,
      also: {
        'sync p50 ms': syncs.p50Ms,
        'CPU us per turn': rounds.cpuUsPerTurn,
        'turn p50 ms': rounds.p50Ms,
        'turn p99 ms': rounds.p99Ms,
        'snapshot bytes': rounds.snapshotBytes,
        'RSS MB': rounds.rssMB,
      },
    }),
    rounds: rounds.rounds,
  }
}

async function onSlowDisk({ quick }: Run): Promise<Result> {
  const id = 'T1-slow'
  const what = `the same on a disk whose syncs take ${slowerByMs} ms more: at least 4 turns for each sync`
  const slow = slowDisk()
  if ('missing' in slow) return unmeasured(id, what, slow.missing)
  const child = fork(join(import.meta.dirname, 'turns/rounds-child.ts'), [quick ? 'quick' : 'full'], {
    env: { ...process.env, ...slow.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const rounds = await new Promise<Rounds>((resolve, reject) => {
    child.on('message', (found) => resolve(found as Rounds))
    child.on('exit', (code) => reject(new Error(`The process on the slow disk ended with code ${code}.`)))
  })
  if (rounds.commitP50Ms < slowerByMs) return unmeasured(id, what, 'SQLite syncs without what was preloaded here')
  return perSync(id, what, 4, rounds)
}
