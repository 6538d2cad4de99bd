import { DBOS } from '@dbos-inc/dbos-sdk'
import { Client } from 'pg'
import { perSecond } from './closed-loop.ts'

/** DBOS on the machine's Postgres, in a database of its own. */
export interface Workflows {
  /** So many at once for so long; workflows of three steps a second. */
  perS(atOnce: number, forMs: number): Promise<number>
  close(): Promise<void>
}

export async function openDbos(postgres: string): Promise<Workflows> {
  const database = `copse_bench_${process.pid}`
  const admin = new Client({ connectionString: postgres, connectionTimeoutMillis: 2_000 })
  await admin.connect()
  let steps = 0
  const workflow = DBOS.registerWorkflow(
    async () => {
      for (const name of ['receive', 'turn', 'send']) await DBOS.runStep(async () => void steps++, { name })
    },
    { name: 'threeSteps' },
  )
  const at = new URL(postgres)
  at.pathname = `/${database}`
  DBOS.setConfig({ name: 'copse-bench', systemDatabaseUrl: at.href, logLevel: 'error', runAdminServer: false })
  await DBOS.launch()
  return {
    async perS(atOnce, forMs) {
      const before = steps
      let done = 0
      const perS = await perSecond(atOnce, forMs, async () => {
        await workflow()
        done++
      })
      if (steps - before !== done * 3) throw new Error(`${done} workflows ran ${steps - before} steps.`)
      return perS
    },
    async close() {
      await DBOS.shutdown()
      await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      await admin.end()
    },
  }
}
