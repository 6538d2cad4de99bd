// oxlint-disable typescript/no-unnecessary-type-parameters -- a row's type is what its SELECT says
import type { Database, Statement } from 'better-sqlite3'
import { faultOf } from './damage.ts'

export type Value = string | number | null

/**
 * Statements by their text, prepared once. Row types are the caller's word for what its SELECT yields. Faults
 * `storage_failed` and `data_damaged`, outside of commits too.
 */
export interface Sql {
  /** Answers with the number of rows changed and the id of the last one inserted. */
  run(text: string, values?: Value[]): { changes: number; lastId: number }
  get<Row>(text: string, values?: Value[]): Row | undefined
  all<Row>(text: string, values?: Value[]): Row[]
}

export function createSql(db: Database): Sql {
  const prepared = new Map<string, Statement<Value[]>>()
  function statement(text: string): Statement<Value[]> {
    let found = prepared.get(text)
    // SQLite plans a statement anew whenever a bare `?` that its plan looked at is bound, which takes longer than most
    // of ours run. It does not look behind a sign.
    if (!found) prepared.set(text, (found = db.prepare<Value[]>(text.replaceAll('?', '+?'))))
    return found
  }
  return {
    run(text, values = []) {
      try {
        const { changes, lastInsertRowid } = statement(text).run(...values)
        return { changes, lastId: Number(lastInsertRowid) }
      } catch (error) {
        throw faultOf(error)
      }
    },
    get<Row>(text: string, values: Value[] = []) {
      try {
        return statement(text).get(...values) as Row | undefined
      } catch (error) {
        throw faultOf(error)
      }
    },
    all<Row>(text: string, values: Value[] = []) {
      try {
        return statement(text).all(...values) as Row[]
      } catch (error) {
        throw faultOf(error)
      }
    },
  }
}
