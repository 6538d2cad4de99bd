import { digest, type JsonObject } from '@copse/contracts'
import { no } from './answers.ts'
import { neededText } from './arguments.ts'
import type { Room } from './room.ts'

/**
 * One change under one key, with its answer, in one transaction: whoever repeats the call is answered as the first time.
 * What was refused is not kept, so that a repeat may find the slot free.
 */
export function once(
  room: Room,
  key: string,
  { operation, args }: { operation: string; args: JsonObject },
  change: (room: Room, args: JsonObject) => JsonObject,
): JsonObject {
  const { db, probe } = room
  const hash = digest([operation, args])
  const answer = db
    .transaction((): JsonObject => {
      const before = answerOf(room, key)
      if (before) return before.args_hash === hash ? parse(before.answer) : no(room, 'key_reused')
      const answer = change(room, args)
      if (answer['ok'] !== true) return answer
      db.prepare('INSERT INTO calls (key, args_hash, appointment, answer) VALUES (?, ?, ?, ?)').run(
        key,
        hash,
        answer['event_id'],
        JSON.stringify(answer),
      )
      probe('changed')
      return answer
    })
    // The lock comes before the first look: what is free then is free until the commit.
    .immediate()
  probe('committed')
  return answer
}

/** Whether a call with this key changed something, and what was answered. */
export function findCall(room: Room, args: JsonObject): JsonObject {
  const found = answerOf(room, neededText(args, 'key'))
  return found ? { happened: true, result: parse(found.answer) } : { happened: false }
}

const answerOf = ({ db }: Room, key: string) =>
  db
    .prepare<[string], { args_hash: string; answer: string }>('SELECT args_hash, answer FROM calls WHERE key = ?')
    .get(key)

const parse = (answer: string): JsonObject => JSON.parse(answer) as JsonObject
