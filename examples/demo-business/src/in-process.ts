import { outcomeOfAnswer, type Clock, type Connector, type Json, type OperationOutcome } from '@copse/contracts'
import type Database from 'better-sqlite3'
import { BadRequest } from './arguments.ts'
import { openDatabase } from './database.ts'
import { control, createFaultSwitch } from './faults.ts'
import { operations } from './operations.ts'
import { performers } from './operations/all.ts'
import { perform } from './perform.ts'

/**
 * The business without its server: the same books and the same operations, called directly. `given` sets its fault
 * switch; a delay counts only in that what is later than the operation's timeout never comes.
 */
export function openBusiness(clock: Clock): {
  connector: Connector
  given(value: Json): string | undefined
  close(): void
} {
  const database = openBooks()
  const faults = createFaultSwitch()
  const connector: Connector = {
    name: 'business',
    operations,
    async call({ operation, args, idempotencyKey }) {
      const { delayMs, fail } = faults.take(operation.name)
      const lost = (code: string): OperationOutcome => ({
        status: operation.effect === 'read' ? 'unavailable' : 'uncertain',
        code,
        reason: 'The business was made to fail.',
      })
      if (delayMs >= operation.timeoutMs) return lost('timeout')
      if (fail === 'down') return { status: 'unavailable', code: 'server_error', reason: 'Closed for now.' }
      if (fail === 'error') return lost('server_error')
      if (fail === 'cut') return lost('connection_lost')
      const act = performers[operation.name]
      if (!act) return { status: 'unavailable', code: 'operation_unknown', reason: `Nobody does ${operation.name}.` }
      try {
        const answer = perform(act, { operation, given: args, key: idempotencyKey }, database, clock)
        return fail === 'cut_after' ? lost('connection_lost') : outcomeOfAnswer(answer)
      } catch (error) {
        if (!(error instanceof BadRequest)) throw error
        return { status: 'unavailable', code: 'rejected', reason: error.message }
      }
    },
    async close() {},
  }
  return {
    connector,
    given(value) {
      const parsed = control.safeParse(value)
      if (!parsed.success) return parsed.error.issues.map((issue) => issue.message).join('; ')
      faults.set(parsed.data)
      return undefined
    },
    close: () => closeBooks(database),
  }
}

/** Books that nobody has open, as they are on the first day. */
const closed: Database.Database[] = []

/** Books to write in. All of it is taken back when they are closed, so that the next one finds the first day again. */
function openBooks(): Database.Database {
  const database = closed.pop() ?? openDatabase(':memory:')
  database.exec('BEGIN')
  return database
}

function closeBooks(database: Database.Database): void {
  database.exec('ROLLBACK')
  closed.push(database)
}
