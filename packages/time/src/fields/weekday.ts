import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export const weekday = z.enum(weekdays, { error: 'A weekday is one of mon, tue, wed, thu, fri, sat, sun.' })
export type Weekday = z.infer<typeof weekday>

export const weekdayOf = (date: Temporal.PlainDate): Weekday => weekdays[date.dayOfWeek - 1] ?? 'sun'
