import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** A process of ours, with its output in a log file and its last words at hand for when it fails. */
export interface Child {
  name: string
  process: ChildProcess
  /** Resolves when it has ended, with the last lines that it wrote to stderr. */
  ended: Promise<{ code: number | null; lastWords: string }>
  stop(): Promise<void>
}

export function startChild(name: string, script: string, env: Record<string, string>, logFile: string): Child {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile, { flags: 'a' })
  // Its own process group: Ctrl-C reaches this script alone, which then stops everything in order.
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let lastWords = ''
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  child.stderr.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-2_000)
  })
  const ended = new Promise<{ code: number | null; lastWords: string }>((resolve) => {
    child.once('exit', (code) => resolve({ code, lastWords: lastWords.trim() }))
  })
  return {
    name,
    process: child,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(hard)
    },
  }
}
