import type { JsonObject } from '@copse/contracts'
import type { Room } from './room.ts'

export interface Intervention {
  who: string
  what: 'owner' | 'say' | 'redrive_send' | 'resolve'
  /** Id of what it was done to. */
  subject: string
  detail: JsonObject
}

/** Whatever a person decides by hand is written down with it, in the same transaction. */
export function recordIntervention({ sql, clock }: Room, { who, what, subject, detail }: Intervention): void {
  sql.run('INSERT INTO interventions (at, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)', [
    clock.now(),
    who,
    what,
    subject,
    JSON.stringify(detail),
  ])
}
