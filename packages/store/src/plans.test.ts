import { randomIds, systemClock } from '@copse/contracts'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createCommits } from './commits.ts'
import { migrate } from './migrate.ts'
import { recover } from './recover.ts'
import { createSql, type Sql } from './sql.ts'
import { createViews } from './views.ts'

/** Partial indexes hold only what is unfinished. */
const ofTheUnfinished =
  /USING (COVERING )?INDEX (inbox_pending|inbox_dead|outbox_\w+|notices_\w+|effects_unsettled|sessions_waiting|timers_due|handoffs_open)/

test('a start, and a look at how things stand, read what is unfinished and not all there ever was', async () => {
  const db = new Database(':memory:')
  migrate(db)
  const asked: string[] = []
  const real = createSql(db)
  const sql: Sql = {
    run: (text, values) => (asked.push(text), real.run(text, values)),
    get: <Row>(text: string, values?: (string | number | null)[]) => (asked.push(text), real.get<Row>(text, values)),
    all: <Row>(text: string, values?: (string | number | null)[]) => (asked.push(text), real.all<Row>(text, values)),
  }
  recover(sql)
  const views = createViews({ sql, commits: createCommits(db), clock: systemClock, ids: randomIds, epoch: 1 })
  await views.counts()
  await views.backlog(1)
  const scans = asked.flatMap((text) =>
    db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text.replaceAll('?', '1')}`)
      .all()
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (?!meta|u$|CONSTANT)\w+/.test(detail) && !ofTheUnfinished.test(detail)),
  )
  expect(scans).toEqual([])
})
