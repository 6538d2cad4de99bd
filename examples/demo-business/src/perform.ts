import { digest, type Clock, type JsonObject, type OperationManifest } from '@copse/contracts'
import type Database from 'better-sqlite3'
import { BadRequest, readArguments } from './arguments.ts'
import { createBusiness, type Operation } from './business.ts'
import { insert } from './database.ts'
import { isoTime } from './dated.ts'

export interface Request {
  operation: OperationManifest
  given: Record<string, unknown>
  key: string | undefined
}

/** Performs one call. A write happens once per Idempotency-Key: the same key gets the same answer, word for word. */
export function perform(act: Operation, request: Request, database: Database.Database, clock: Clock): JsonObject {
  const { operation, given, key } = request
  const args = readArguments(operation, given)
  if (operation.effect === 'read') return act(args, createBusiness(database, clock, ''))
  if (key === undefined) throw new BadRequest('Send an Idempotency-Key: this operation changes something.')
  return database.transaction(() => {
    const before = database
      .prepare<unknown[], { arguments: string; answer: string }>('SELECT arguments, answer FROM answers WHERE key = ?')
      .get(key)
    const hash = digest([operation.name, given])
    if (before && before.arguments !== hash) throw new BadRequest('This Idempotency-Key was used for something else.')
    if (before) return JSON.parse(before.answer) as JsonObject
    const answer = act(args, createBusiness(database, clock, key))
    insert(database, 'answers', {
      key,
      operation: operation.name,
      arguments: hash,
      answer: JSON.stringify(answer),
      created_at: isoTime(clock.now()),
    })
    return answer
  })()
}
