import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import { openCase } from './case.ts'

export const addCaseNote: Operation = (args, business) => {
  const caseId = args.text('case_id')
  openCase(business, caseId)
  const note = {
    note_id: business.nextId('case_notes', 'NOTE'),
    case_id: caseId,
    note: args.text('note'),
    created_at: isoTime(business.clock.now()),
  }
  business.insert('case_notes', note)
  return { ok: true, ...note }
}
