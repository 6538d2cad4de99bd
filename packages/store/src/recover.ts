import type { Store } from '@copse/contracts'
import type { Sql } from './sql.ts'

/**
 * What the last process left. A turn that is still open runs again and settles its own intents; an intent that no open
 * turn will come back to is uncertain. A message that was being sent is sent again: at least once, and counted. The
 * conditions of the partial indexes stand in each, so that only what is unfinished is read.
 */
export function recover(sql: Sql): Pick<Store, 'epoch' | 'recovered'> {
  sql.run('UPDATE meta SET epoch = epoch + 1')
  const uncertainEffects = sql.run(`UPDATE effects SET state = 'uncertain'
     WHERE state IN ('intent', 'uncertain') AND state = 'intent'
       AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.id = turn_id AND t.state = 'open')`).changes
  const interruptedSends = sql.run(
    `UPDATE outbox SET state = 'pending' WHERE state IN ('pending', 'sending') AND state = 'sending'`,
  ).changes
  sql.run(`UPDATE notices SET state = 'pending' WHERE state IN ('pending', 'sending') AND state = 'sending'`)
  const epoch = sql.get<{ epoch: number }>('SELECT epoch FROM meta')!.epoch
  return { epoch, recovered: { uncertainEffects, interruptedSends } }
}
