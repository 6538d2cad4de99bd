import { readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { processIdentity } from '../../apps/control-plane/src/deployments/process-identity.ts'

/** What one start runs, by names that outlive the reuse of a pid: a start after a crash finds what was left behind. */
interface Running {
  self: string
  parts: Record<string, string>
}

/** The file that holds it, between a start and its stop. */
export function createRecord(file: string) {
  const parts: Record<string, string> = {}
  const read = async (): Promise<Running | undefined> => {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    return text === undefined ? undefined : (JSON.parse(text) as Running)
  }
  return {
    /** The pid of another start that is up with the same data. */
    async other(): Promise<number | undefined> {
      const self = (await read())?.self
      return self !== undefined && (await isAlive(self)) ? pidOf(self) : undefined
    },
    /** Parts of a start that is gone, still running. */
    async leftBehind(): Promise<[name: string, id: string][]> {
      const found: [string, string][] = []
      for (const part of Object.entries((await read())?.parts ?? {})) if (await isAlive(part[1])) found.push(part)
      return found
    },
    async add(name: string, pid: number): Promise<void> {
      parts[name] = (await processIdentity(pid)) ?? ''
      await writeFile(file, JSON.stringify({ self: await processIdentity(process.pid), parts }))
    },
    forget: () => rm(file, { force: true }),
  }
}

/** Asks a process to end, and insists when it does not. Another one that got its pid meanwhile is left alone. */
export async function end(id: string, graceMs: number): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGTERM', graceMs],
    ['SIGKILL', 1_000],
  ] as const) {
    if (!(await isAlive(id))) return
    process.kill(pidOf(id), signal)
    for (const until = Date.now() + waitMs; Date.now() < until && (await isAlive(id));) await sleep(50)
  }
}

const pidOf = (id: string): number => Number.parseInt(id, 10)
const isAlive = async (id: string): Promise<boolean> => (await processIdentity(pidOf(id))) === id
