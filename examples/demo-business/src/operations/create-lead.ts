import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'

/** One for each address: who asks again has the number of the first time. */
export const createLead: Operation = (args, business) => {
  const email = args.text('email').toLowerCase()
  const before = business.one('SELECT * FROM leads WHERE email = ?', email)
  if (before) return { ok: true, ...before, repeated: true }
  const lead = {
    lead_id: business.nextId('leads', 'LEAD'),
    email,
    company: args.text('company'),
    need: args.text('need'),
    team_size: args.number('team_size') ?? null,
    timeline: args.optional('timeline'),
    grade: args.text('grade'),
    created_at: isoTime(business.clock.now()),
  }
  business.insert('leads', lead)
  return { ok: true, ...lead }
}
