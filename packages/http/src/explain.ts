import { Fault } from '@copse/contracts'
import { faultOf } from './problems.ts'

/** What a person at a terminal reads: what happened and what to do, without a stack unless it is a bug. */
export function explainFault(error: unknown): string {
  const fault = error instanceof Fault ? error : faultOf(error)
  if (fault.code !== 'internal') return `copse: ${fault.code}: ${fault.message}`
  return `copse: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** The last words of a process that cannot start. */
export function exitWith(error: unknown): never {
  process.stderr.write(`${explainFault(error)}\n`)
  process.exit(1)
}
