import { formatDuration } from '@copse/time'
import { leavesIn, type Leaf } from '../leaf.ts'
import type { Look } from './judged.ts'

/** Nudges that come when a channel takes free words no more. */
export const outsideWindow: Look = ({ program, places, channels }) =>
  [...program.stages.values()].flatMap(({ id, node }) =>
    leavesIn(id, node).flatMap((leaf) =>
      channels.flatMap(({ name, windowMs = Infinity }) => {
        const late = nudgesOf(leaf).find((afterMs) => afterMs > windowMs)
        if (late === undefined || !places.steps.includes(id)) return []
        return {
          code: 'outside_window',
          severity: 'warning' as const,
          message: `${name} takes free words only for ${formatDuration(windowMs)} after the customer was heard, and a nudge of "${id}" comes after ${formatDuration(late)}. There it goes out as a template if the channel's binding has one, and else not at all.`,
          ...places.at(id, ['on_silence']),
          why: [],
          fix: 'Let it come earlier.',
        }
      }),
    ),
  )

const nudgesOf = ({ config }: Leaf): number[] =>
  'silence' in config
    ? (config.silence ?? []).flatMap(({ afterMs, exit }) => (exit === undefined ? [afterMs] : []))
    : []
