import type { Business, Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import type { Row } from '../database.ts'
import { notFound, refused, type Texts } from '../texts.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The appointment that a customer had last or has next. Whose time is over without a word was missed. */
export const findVisit: Operation = (args, business) => {
  const row = business.one(
    'SELECT * FROM visits WHERE customer_id = ? ORDER BY visit_id DESC',
    args.text('customer_id'),
  )
  return row ? { found: true, ...visitOf(row, business) } : notFound('appointment')
}

export const confirmVisit: Operation = (args, business) => {
  const visit = readVisit(business, args.text('visit_id'), args.text('customer_id'))
  if (!visit) return notFound('appointment')
  if (!['booked', 'confirmed'].includes(visit.status)) return over
  setVisit(business, visit.visit_id, { status: 'confirmed' })
  return { ok: true, ...visit, status: 'confirmed' }
}

/** The next three days at nine, eleven and four, as far as nobody else comes then. */
export const listVisitTimes: Operation = (_, business) => {
  const taken = business.all(`SELECT moved_to FROM visits WHERE moved_to IS NOT NULL AND status <> 'cancelled'`)
  const midnight = Math.floor(business.clock.now() / dayMs) * dayMs
  const times = [1, 2, 3]
    .flatMap((day) => [9, 11, 16].map((hour) => isoTime(midnight + day * dayMs + hour * hourMs)))
    .filter((at) => !taken.some((row) => row['moved_to'] === at))
    .map((at) => ({ visit_time: at, title: `${at.slice(0, 10)} ${at.slice(11, 16)}` }))
  return times.length === 0 ? notFound('free time') : { found: true, times }
}

/** A missed or cancelled one can be moved, too: the customer comes after all. */
export const moveVisit: Operation = (args, business) => {
  const visit = readVisit(business, args.text('visit_id'), args.text('customer_id'))
  if (!visit) return notFound('appointment')
  const at = Date.parse(args.text('at'))
  if (!(at > business.clock.now())) return over
  const moved = isoTime(at)
  const taken = business.one(
    `SELECT visit_id FROM visits WHERE moved_to = ? AND visit_id <> ? AND status <> 'cancelled'`,
    moved,
    visit.visit_id,
  )
  if (taken)
    return refused('taken', { en: 'Somebody has just taken that time.', es: 'Alguien acaba de reservar esa hora.' })
  setVisit(business, visit.visit_id, { status: 'confirmed', moved_to: moved })
  const after = readVisit(business, visit.visit_id, args.text('customer_id'))
  return { ok: true, ...(after ?? visit) }
}

export const cancelVisit: Operation = (args, business) => {
  const visit = readVisit(business, args.text('visit_id'), args.text('customer_id'))
  if (!visit) return notFound('appointment')
  if (visit.status === 'missed') return over
  setVisit(business, visit.visit_id, { status: 'cancelled' })
  return { ok: true, ...visit, status: 'cancelled', ...(visit.status === 'cancelled' ? { repeated: true } : {}) }
}

const over = refused('over', {
  en: 'That appointment is over or was cancelled.',
  es: 'Esa cita ya pasó o se anuló.',
})

function readVisit(business: Business, visitId: string, customerId: string) {
  const row = business.one('SELECT * FROM visits WHERE visit_id = ? AND customer_id = ?', visitId, customerId)
  return row && visitOf(row, business)
}

function visitOf({ visit_id, at, moved_to, status, purpose_en, purpose_es, missed_before }: Row, { clock }: Business) {
  const time = Date.parse(String(moved_to ?? at))
  const isMissed = status !== 'cancelled' && time < clock.now()
  return {
    visit_id: String(visit_id),
    at: isoTime(time),
    follow_up_at: isoTime(time + 2 * hourMs),
    status: isMissed ? 'missed' : String(status),
    times_missed: Number(missed_before) + (isMissed ? 1 : 0),
    purpose: { en: String(purpose_en), es: String(purpose_es) },
    when: { en: said(time, 'en-GB'), es: said(time, 'es-ES') } satisfies Texts,
  }
}

const said = (time: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(time)

function setVisit(business: Business, visitId: string, set: { status: string; moved_to?: string }): void {
  const { status, moved_to = null } = set
  business.run(
    'UPDATE visits SET status = ?, moved_to = coalesce(?, moved_to) WHERE visit_id = ?',
    status,
    moved_to,
    visitId,
  )
}
