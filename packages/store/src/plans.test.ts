import { randomIds, systemClock } from '@copse/contracts'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createCommits } from './commits.ts'
import { migrate } from './migrate.ts'
import { recover } from './recover.ts'
import { createSql } from './sql.ts'
import { createViews } from './views.ts'

/** Partial indexes hold only what is unfinished. */
const ofTheUnfinished =
  /USING (COVERING )?INDEX (inbox_pending|inbox_dead|outbox_\w+|notices_\w+|effects_unsettled|sessions_waiting|timers_due|handoffs_open)/

test('a start, and a look at how things stand, read what is unfinished and not all there ever was', async () => {
  let asked: string[] = []
  const db = new Database(':memory:', { verbose: (text) => void asked.push(String(text)) })
  migrate(db)
  const sql = createSql(db)
  const views = createViews({ sql, commits: createCommits(db), clock: systemClock, ids: randomIds, epoch: 1 })
  asked = []
  recover(sql)
  await views.counts()
  await views.backlog(1)
  const scans = [...asked].flatMap((text) =>
    db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (?!meta|u$|CONSTANT)\w+/.test(detail) && !ofTheUnfinished.test(detail)),
  )
  expect({ asked: asked.length > 5, scans }).toEqual({ asked: true, scans: [] })
})
