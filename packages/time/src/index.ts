/**
 * Zones, business hours and holidays, recurrence. Everything here is asked about an instant (milliseconds since 1970 in
 * UTC) and an IANA zone: it reads no clock and does no I/O, and it does not know who waits for what.
 *
 * zones/ instants and the clocks on the wall · duration.ts · fields/ what the data is made of · hours/ when a business is
 * open · slots/ when somebody can come · recurrence/ when something comes again · misfire/ what becomes of what was missed · laws/ what always holds
 */
export { Temporal } from 'temporal-polyfill'
export { civilAt, dayOf, instantAt, isoAt } from './zones/civil.ts'
export { momentOf } from './zones/moment.ts'
export { dateAt } from './zones/date.ts'
export { isZone } from './zones/zone.ts'
export { formatDuration, parseDuration } from './duration.ts'
export { openingHours, type OpeningHours } from './hours/opening-hours.ts'
export { openingHoursOf } from './hours/of-profile.ts'
export { addOpenTime } from './hours/deadline.ts'
export { closingAfter, isOpen, nextOpen, nextOpening } from './hours/open.ts'
export { slotsOf, type Slot, type SlotQuery } from './slots/slots.ts'
export { schedule, type Schedule } from './recurrence/schedule.ts'
export type { Occurrence } from './recurrence/next.ts'
export { latestBetween, nextAfter, occurrencesBetween } from './recurrence/occurrences.ts'
export { decide, settle, type Decision, type Firing } from './misfire/misfire.ts'
