import type { Business } from '../business.ts'
import { isoTime } from '../dated.ts'
import type { Row } from '../database.ts'

/** The case, opened now if it is new. Whoever names it first opens it. */
export function openCase(business: Business, caseId: string, about: Row = {}): Row {
  const now = isoTime(business.clock.now())
  const found = business.one('SELECT * FROM cases WHERE case_id = ?', caseId)
  if (!found) {
    business.insert('cases', { case_id: caseId, status: 'open', created_at: now, updated_at: now, ...about })
    return openCase(business, caseId)
  }
  for (const [column, value] of Object.entries(about)) {
    if (found[column] === null && value !== null)
      business.run(`UPDATE cases SET ${column} = ? WHERE case_id = ?`, value, caseId)
  }
  return found
}

export function setCase(business: Business, caseId: string, status: string, notes: string | null): void {
  business.run(
    'UPDATE cases SET status = ?, notes = coalesce(?, notes), updated_at = ? WHERE case_id = ?',
    status,
    notes,
    isoTime(business.clock.now()),
    caseId,
  )
}
