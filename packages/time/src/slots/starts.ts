import { civilAt, instantAt, offsetAt, zonedAt } from '../zones/civil.ts'

interface Within {
  opens: number
  closes: number
  zone: string
  stepMs: number
}

export interface Start {
  start: number
  civil: string
  iso: string
}

/** Each step on the wall from the opening up to the closing that the wall really shows, in order. */
export function* startsWithin({ opens, closes, zone, stepMs }: Within): Generator<Start> {
  const offset = offsetAt(zonedAt(zone, opens))
  // Where no clock changes, the wall is as far from UTC at the end as it was at the beginning.
  const isEven = offset === offsetAt(zonedAt(zone, closes))
  for (let wall = opens + offset; ; wall += stepMs) {
    const civil = shown(wall)
    const start = isEven ? wall - offset : instantAt(zone, civil)
    if (start >= closes) return
    if (isEven || shownAt(zone, start) === civil) yield { start, civil, iso: `${civil}${fromUtc(wall - start)}` }
  }
}

/** `+01:00` */
const fromUtc = (offsetMs: number): string =>
  `${offsetMs < 0 ? '-' : '+'}${new Date(Math.abs(offsetMs)).toISOString().slice(11, 16)}`

const shown = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 16)

const shownAt = (zone: string, instant: number): string => civilAt(zone, instant).toString({ smallestUnit: 'minute' })
