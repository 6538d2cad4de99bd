import { formatDuration, parseDuration } from '@copse/time'
import { silentEndStage, silentStage } from '../graph/stage-graph.ts'
import { suggestion } from '../report/suggest.ts'
import type { OnSilence } from './keys.ts'
import type { Silence, StepContext } from './step.ts'

type Entry = NonNullable<OnSilence>[number]

export const noSilence: Silence = { leaf: {}, exits: {}, leads: [] }

const leastMs = 10_000
const exit = 'silence'
const deeds = ['nudge', 'handoff', 'end']

/** Durations to times, words to texts, and the last thing to do to an exit; reports what does not fit. */
export function readSilence(entries: NonNullable<OnSilence>, context: StepContext): Silence {
  let before = 0
  let to: string | undefined
  const silence = entries.map((entry, index) => {
    const path = ['on_silence', index]
    if (to !== undefined) {
      const message = 'Nothing comes after the entry above: it leaves this step.'
      context.report.error('silence_order', path, message, { fix: 'Put nudges before it, or remove this one.' })
    }
    const afterMs = timeOf(entry, before, index, context)
    before = Math.max(before, afterMs)
    const left = targetOf(entry, index, context)
    to ??= left
    const say = context.say(entry.say, [...path, 'say'])
    const during = entry.during === undefined ? {} : { during: entry.during }
    return { afterMs, ...during, ...(say ? { say } : {}), ...(left === undefined ? {} : { exit }) }
  })
  if (silence.length === 0) return noSilence
  return {
    leaf: { silence },
    exits: to === undefined ? {} : { [exit]: to },
    leads: to === undefined ? [] : [{ to, by: 'silence' }],
  }
}

function timeOf({ after }: Entry, before: number, index: number, { report }: StepContext): number {
  const path = ['on_silence', index, 'after']
  const ms = parseDuration(after)
  if (ms === undefined) {
    report.error('duration_invalid', path, `"${after}" is not a duration.`, {
      fix: 'Write e.g. 10m, 1h 30m or 2 days.',
    })
  } else if (ms < leastMs) {
    report.error('silence_too_soon', path, `${formatDuration(ms)} is too soon: nobody has answered by then.`, {
      fix: `Wait at least ${formatDuration(leastMs)}.`,
    })
  } else if (ms <= before) {
    report.error('silence_order', path, `${after} is not later than the entry above (${formatDuration(before)}).`, {
      fix: 'List them in order of time, each counted from the last reply.',
    })
  }
  return Math.max(ms ?? 0, before + 1)
}

/** Where an entry leaves to; undefined for a nudge. */
function targetOf({ do: deed, goto }: Entry, index: number, context: StepContext): string | undefined {
  const { report } = context
  const path = ['on_silence', index]
  if ((deed === undefined) === (goto === undefined)) {
    const message = deed === undefined ? 'Nothing says what is done.' : '"do" and "goto" are both given.'
    report.error('silence_invalid', path, message, {
      fix: 'Write `do: nudge`, `do: handoff`, `do: end`, or `goto: step`.',
    })
    return undefined
  }
  if (goto !== undefined) return context.target(goto, [...path, 'goto'])
  if (deed === 'handoff') return silentStage
  if (deed === 'end') return silentEndStage
  if (deed !== 'nudge') {
    const fix = suggestion(deed ?? '', deeds) ?? 'Known: nudge, handoff, end; a step goes under `goto`.'
    report.error('silence_invalid', [...path, 'do'], `"${deed}" is nothing that can be done about silence.`, { fix })
  }
  return undefined
}
