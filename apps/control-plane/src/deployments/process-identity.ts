import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * A pid alone is reused; with the moment the process began it names one process for good. Undefined: no such process,
 * or only its unreaped remains.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid)
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
  let stat: string
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // After the command's name, which may hold anything: state, …, number of threads (18th), …, start time (20th).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A main thread can be dead before the others: until the last one is, the port and the files are held.
  const dead = fields[0] === 'Z' || fields[0] === 'X'
  if (dead && Number(fields[17]) <= 1) return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  return `${pid}@${boot.trim()}+${fields[19]}`
}

async function psIdentity(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])
    return stdout.trim().startsWith('Z') ? undefined : `${pid}@${stdout.trim().replace(/^\S+\s+/, '')}`
  } catch {
    return undefined
  }
}
