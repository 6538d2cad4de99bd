import { Logger } from '@nestjs/common'
import { Jobs } from './jobs.ts'

interface Job {
  run: () => Promise<void>
  timer: NodeJS.Timeout
  running: Promise<void> | undefined
  again: boolean
}

export class InProcessJobs extends Jobs {
  readonly #jobs = new Map<string, Job>()
  readonly #logger = new Logger('jobs')

  async define(name: string, everyMs: number, run: () => Promise<void>): Promise<void> {
    const timer = setInterval(() => this.trigger(name), everyMs)
    this.#jobs.set(name, { run, timer, running: undefined, again: false })
    this.trigger(name)
  }

  trigger(name: string): void {
    const job = this.#jobs.get(name)
    if (job === undefined) return
    if (job.running === undefined) job.running = this.#drain(name, job)
    else job.again = true
  }

  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()]
    this.#jobs.clear()
    for (const job of jobs) {
      clearInterval(job.timer)
      job.again = false
      await job.running
    }
  }

  async #drain(name: string, job: Job): Promise<void> {
    do {
      job.again = false
      try {
        await job.run()
      } catch (error) {
        this.#logger.error({ job: name, error })
      }
    } while (job.again)
    job.running = undefined
  }
}
