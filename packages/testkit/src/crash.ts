import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Killed {
  /** `SIGKILL` when the child was killed; null when it ended by itself. */
  signal: NodeJS.Signals | null
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a script with this Node until it ends or kills itself. `env` is its environment. */
export async function runUntilKilled(
  script: string | URL,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Killed> {
  const path = script instanceof URL ? script.pathname : script
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    // Compiled once for all children: half of what starting one costs.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'copse-compile-cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that gave up leaves nobody behind who tries for ever.
  const endChild = () => child.kill('SIGKILL')
  process.once('exit', endChild)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (output[name] += chunk))
  }
  const { promise, resolve, reject } = Promise.withResolvers<Killed>()
  child.once('error', reject)
  child.once('close', (code, signal) => {
    process.off('exit', endChild)
    resolve({ signal, code, ...output })
  })
  return promise
}

/**
 * A probe that kills its own process, as power loss or the kernel would, at the `nth` passing of `point`. Nothing runs
 * after it: no handler, no flush.
 */
export function killAt(point: string | undefined, nth = 1): (passed: string) => void {
  let passings = 0
  return (passed) => {
    if (passed === point && ++passings === nth) process.kill(process.pid, 'SIGKILL')
  }
}
