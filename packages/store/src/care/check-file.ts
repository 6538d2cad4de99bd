import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { rules, type Rule } from './rules.ts'

/** quick: the file is whole. whole: every page, index and reference, and our own rules. */
export type Depth = 'quick' | 'whole'

const shownOfEach = 5

/** Plain statements and data, so that a thread without our code can run it as well. */
function check(db: Database, depth: Depth, ours: readonly Rule[], shown: number): string[] {
  const problems: string[] = []
  const column = (sql: string): string[] => db.prepare<[], string>(sql).pluck().all().map(String)
  const pages = column(depth === 'quick' ? 'PRAGMA quick_check(20)' : 'PRAGMA integrity_check(20)')
  if (pages.join() !== 'ok') return pages
  if (depth === 'quick') return problems
  for (const table of column('PRAGMA foreign_key_check')) problems.push(`A row of ${table} refers to nothing.`)
  for (const { says, sql } of ours) {
    const found = column(sql)
    if (found.length === 0) continue
    const more = found.length > shown ? ` and ${found.length - shown} more` : ''
    problems.push(`${says}: not so for ${found.slice(0, shown).join(', ')}${more}.`)
  }
  return problems
}

/** On the caller's own connection: it is held up meanwhile. */
export const checkDatabase = (db: Database, depth: Depth): string[] => check(db, depth, rules, shownOfEach)

/**
 * In a thread: reading every page of a large file takes seconds that no customer should wait. The thread is given its
 * text, not a file, so that it is there however this process was put together.
 */
export function checkFile(path: string, depth: Depth): Promise<string[]> {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3')
  const text = `
    const { parentPort, workerData } = require('node:worker_threads')
    const Database = require(workerData.driver)
    const check = ${check.toString()}
    let problems
    try {
      const db = new Database(workerData.path, { readonly: true, fileMustExist: true })
      try {
        problems = check(db, workerData.depth, workerData.rules, workerData.shown)
      } finally {
        db.close()
      }
    } catch (error) {
      problems = ['It cannot be read: ' + (error.code ?? error.message) + '.']
    }
    parentPort.postMessage(problems)`
  const worker = new Worker(text, {
    eval: true,
    workerData: { driver, path, depth, rules, shown: shownOfEach },
  })
  const { promise, resolve, reject } = Promise.withResolvers<string[]>()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('The check ended without an answer.')))
  return promise
}
