import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'

/** One question at a time. */
export interface Thread<Asked, Answer> {
  ask(asked: Asked): Promise<Answer>
  /** When its question is answered. */
  end(): Promise<void>
}

/** A thread that is made ready once, by a function that needs nothing around it, and then answers questions. */
export const openThread = <Given, Asked, Answer>(
  ready: (driver: typeof Database, given: Given) => (asked: Asked) => Answer | Promise<Answer>,
  given: Given,
): Thread<Asked, Answer> => start(ready.toString(), given)

/** One question, in a thread of its own. */
export async function inThread<Given, Answer>(
  work: (driver: typeof Database, given: Given) => Answer | Promise<Answer>,
  given: Given,
): Promise<Answer> {
  const thread = start<Given, Answer>(`(driver) => (given) => (${work.toString()})(driver, given)`, undefined)
  try {
    return await thread.ask(given)
  } finally {
    await thread.end()
  }
}

/**
 * So that no customer waits for the disk. The thread is given a function's text, not a file, so that it is there however
 * this process was put together, and keeps the process alive only while it has a question.
 */
function start<Asked, Answer>(ready: string, given: unknown): Thread<Asked, Answer> {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3')
  const text = `
    const { parentPort, workerData } = require('node:worker_threads')
    const answer = (${ready})(require(workerData.driver), workerData.given)
    let before = Promise.resolve()
    parentPort.on('message', ({ asked, isOver }) => {
      before = before.then(async () => isOver ? parentPort.close() : parentPort.postMessage(await answer(asked)))
    })`
  const worker = new Worker(text, { eval: true, workerData: { driver, given } })
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => {})
  worker.once('error', ended.reject)
  worker.once('exit', () => ended.reject(new Error('The thread ended without an answer.')))
  const post = (message: { asked: Asked } | { isOver: true }): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    worker.postMessage(message)
  }
  return {
    async ask(asked) {
      const came = Promise.withResolvers<Answer>()
      worker.once('message', came.resolve)
      worker.ref()
      post({ asked })
      try {
        return await Promise.race([came.promise, ended.promise])
      } finally {
        worker.off('message', came.resolve)
        worker.unref()
      }
    },
    // It ends by itself: to be cut off inside the driver, while that is loaded say, takes the whole process with it.
    async end() {
      worker.ref()
      post({ isOver: true })
      await ended.promise.catch(() => {})
    },
  }
}
