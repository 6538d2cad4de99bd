import type { ChannelLimits } from '@copse/contracts'
import { isOf, leavesIn, type Leaf } from '../leaf.ts'
import { literalOf, textsOf } from '../leaf-data.ts'
import type { Found, Look } from './judged.ts'

/** What a channel cannot show as written: more options than it has buttons or rows, texts longer than a message. */
export const delivery: Look = ({ program, places, channels }) =>
  [...program.stages.values()].flatMap(({ id, node }) => {
    if (!places.steps.includes(id)) return []
    const all = leavesIn(id, node)
    const options = Math.max(0, ...all.map(optionsOf))
    const longest = all.flatMap(textsOf).reduce((long, text) => (lettersIn(text) > lettersIn(long) ? text : long), '')
    return channels.flatMap((channel) => [
      ...tooMany(id, options, channel).map((found) => ({ ...found, ...places.options(id) })),
      ...tooLong(id, lettersIn(longest), options > 0, channel).map((found) => ({
        ...found,
        ...places.words(id),
      })),
    ])
  })

/** A flow shows ten of them at a time. */
const atOnce = 10

const optionsOf = (leaf: Leaf): number =>
  isOf(leaf, 'choose')
    ? leaf.config.options.length
    : isOf(leaf, 'classify')
      ? leaf.config.labels.length
      : isOf(leaf, 'offer') && !leaf.config.lines
        ? Math.min(leaf.config.options?.length ?? atOnce, atOnce)
        : 0

const lettersIn = (text: string): number => literalOf(text).length

type Unplaced = Omit<Found, 'line' | 'column'>

function tooMany(step: string, options: number, { name, buttons, listRows }: ChannelLimits): Unplaced[] {
  const room = Math.max(buttons, listRows)
  if (options <= room || room === 0) return []
  return [
    {
      code: 'too_many_options',
      severity: 'warning',
      message: `"${step}" offers ${options} options; ${name} shows at most ${room}. There they become numbered lines.`,
      why: [],
      fix: `Offer at most ${room}, or ask in two steps.`,
    },
  ]
}

function tooLong(step: string, letters: number, hasOptions: boolean, limits: ChannelLimits): Unplaced[] {
  const most = hasOptions ? (limits.optionsTextLength ?? limits.textLength) : limits.textLength
  if (letters <= most) return []
  return [
    {
      code: 'text_too_long',
      severity: 'warning',
      message: `"${step}" says ${letters} letters; ${limits.name} takes ${most}${hasOptions ? ' beside options' : ''}. There it becomes several messages.`,
      why: [],
      fix: 'Say it in fewer words, or in two steps.',
    },
  ]
}
