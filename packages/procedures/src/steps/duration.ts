import { parseDuration } from '@copse/time'
import type { Path } from '../parse/value.ts'
import type { StepContext } from './step.ts'

/** How long, in ms; reports what is no duration, or none at all. */
export function durationOf(text: string, path: Path, { report }: StepContext): number | undefined {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  report.error('duration_invalid', path, `"${text}" is not a duration.`, { fix: 'Write e.g. 30m, 2h or 1 day.' })
  return undefined
}
