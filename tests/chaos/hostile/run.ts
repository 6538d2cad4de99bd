import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf } from '@copse/contracts'
import type { Amounts, HostileCase } from './case.ts'
import { hostileCases } from './cases.ts'
import { openHostileWorld, type HostileWorld } from './world.ts'

export interface CaseReport {
  name: string
  /** How often each answer was given. */
  answers: Record<string, number>
  seconds: number
  /** 99 of 100 messages of a contact who does nothing wrong were acknowledged, and answered, within. */
  acknowledgedP99Ms: number
  answeredP99Ms: number
  /** Resident memory at its highest, in MB. */
  memoryMb: number
}

export interface HostileReport {
  seed: number
  /** How it is when nobody is hostile. */
  quiet: CaseReport
  cases: CaseReport[]
  /** Of the process, while anything hostile was posted. */
  highestMemoryMb: number
  /** Each of these is a broken promise, in a sentence. */
  broken: string[]
}

export interface Bounds {
  memoryMb: number
  /** The contact who does nothing wrong may wait so many times as long as in quiet, but never has less than `leastMs`. */
  timesQuiet: number
  leastMs: number
}

/** Everything hostile that we know, one after the other, on one process. */
export async function beHostile(given: {
  amounts: Amounts
  seed: number
  bounds: Bounds
  show?: (report: CaseReport) => void
}): Promise<HostileReport> {
  const { amounts, seed, bounds, show = () => {} } = given
  const world = await openHostileWorld()
  const broken: string[] = []
  let ended: string | undefined
  void world.tenant.ended.then((signal) => (ended = signal ?? 'by itself'))
  const nobodyIsHostile = (ms: number) => measure(world, 'nobody', () => sleep(ms, []))
  try {
    await nobodyIsHostile(amounts.warmUpMs)
    const quiet = await nobodyIsHostile(amounts.quietMs)
    show(quiet)
    const mostMs = Math.max(bounds.leastMs, quiet.acknowledgedP99Ms * bounds.timesQuiet)
    const cases: CaseReport[] = []
    for (const hostile of hostileCases) {
      const { name, allowed } = hostile
      const report = await measure(world, name, () => attempt(world, hostile, amounts, seed)).catch(
        (error: unknown) => {
          const what = `${name}: ${reasonOf(error)}`
          process.stderr.write(`${what}\n`)
          broken.push(what)
        },
      )
      if (ended !== undefined) {
        broken.push(`${name}: the process ended (${ended})`)
        break
      }
      // What the next one is measured by must not be the rest of this one.
      if (amounts.isCalmBetween) await world.atRest()
      if (!report) continue
      cases.push(report)
      show(report)
      const known = new Set(allowed.map(String))
      for (const [answer, count] of Object.entries(report.answers))
        if (!known.has(answer)) broken.push(`${name}: ${count} times answered ${answer}`)
      if (report.memoryMb > bounds.memoryMb) broken.push(`${name}: ${report.memoryMb} MB`)
      if (report.acknowledgedP99Ms > mostMs)
        broken.push(`${name}: others were acknowledged after ${report.acknowledgedP99Ms} ms`)
    }
    if (ended === undefined) await world.atRest()
    return { seed, quiet, cases, highestMemoryMb: Math.max(...cases.map(({ memoryMb }) => memoryMb)), broken }
  } finally {
    await world.close()
  }
}

async function attempt(world: HostileWorld, hostile: HostileCase, amounts: Amounts, seed: number) {
  const before = world.rows()
  const answers = await hostile.run(world, amounts, seed)
  if (hostile.storesNothing && world.rows() !== before) throw new Error('something was stored')
  return answers
}

async function measure(world: HostileWorld, name: string, run: () => Promise<readonly unknown[]>): Promise<CaseReport> {
  const begun = performance.now()
  let memoryMb = world.memory()
  const looking = setInterval(() => (memoryMb = Math.max(memoryMb, world.memory())), 50)
  try {
    const running = run()
    const [given, { acknowledgedMs, answeredMs }] = await Promise.all([running, world.politely(running)])
    const answers: Record<string, number> = {}
    for (const answer of given.map(String)) answers[answer] = (answers[answer] ?? 0) + 1
    return {
      name,
      answers,
      seconds: Math.round(performance.now() - begun) / 1_000,
      acknowledgedP99Ms: p99(acknowledgedMs),
      answeredP99Ms: p99(answeredMs),
      memoryMb,
    }
  } finally {
    clearInterval(looking)
  }
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0) * 10) / 10
}
