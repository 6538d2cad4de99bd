import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'

/**
 * Runs a function that needs nothing around it in a thread, so that no customer waits for the disk. The thread is given
 * the function's text, not a file, so that it is there however this process was put together.
 */
export function inThread<Given, Answer>(
  work: (driver: typeof Database, given: Given) => Answer | Promise<Answer>,
  given: Given,
): Promise<Answer> {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3')
  const text = `
    const { parentPort, workerData } = require('node:worker_threads')
    const work = ${work.toString()}
    Promise.resolve(work(require(workerData.driver), workerData.given)).then((answer) => parentPort.postMessage(answer))`
  const worker = new Worker(text, { eval: true, workerData: { driver, given } })
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('The thread ended without an answer.')))
  return promise
}
