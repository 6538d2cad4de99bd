import type { ChannelLimits, Option } from '@copse/contracts'
import { shorten } from './letters.ts'
import { idOnChannel } from './option-id.ts'

/** How options go with a message: something to tap, and lines of text for what that cannot show. */
export interface Fitted {
  as: 'nothing' | 'buttons' | 'list' | 'lines'
  options: Option[]
  lines: string[]
}

/**
 * Buttons, else a list, else lines. The place in the list is the number that a customer may type, so lines number all
 * options, or none.
 */
export function fitOptions(options: readonly Option[], limits: ChannelLimits): Fitted {
  if (options.length === 0) return { as: 'nothing', options: [], lines: [] }
  const fits = options.length <= Math.max(limits.buttons, limits.listRows)
  if (!fits || new Set(options.map(({ id }) => id)).size < options.length)
    return { as: 'lines', options: [], lines: options.map(lineOf) }
  const asButtons = areButtons(options, limits)
  const titles = titlesOf(options, asButtons ? limits.buttonTitleLength : limits.rowTitleLength)
  const fitted = options.map((option, at) => fitOption(option, titles[at] ?? '', limits, asButtons))
  return {
    as: asButtons ? 'buttons' : 'list',
    options: fitted.map(({ shown }) => shown),
    lines: fitted.every(({ whole }) => whole) ? [] : options.map(lineOf),
  }
}

export const lineOf = ({ title, description }: Option, at: number): string =>
  `${at + 1}. ${title}${description ? `: ${description}` : ''}`

/** Where only rows show descriptions, an option with one must be a row. */
function areButtons(options: readonly Option[], limits: ChannelLimits): boolean {
  if (options.length > limits.buttons) return false
  const mustBeRows = limits.rowDescriptionLength !== undefined && options.some(({ description }) => description)
  return !mustBeRows || options.length > limits.listRows
}

/** Short enough, never empty, and no two alike: those that became so are numbered, all of them. */
function titlesOf(options: readonly Option[], length: number): string[] {
  const titles = options.map(({ title }, at) => shorten(title.trim() || `${at + 1}`, length))
  const alike = new Set(titles).size < titles.length
  return alike ? options.map(({ title }, at) => shorten(`${at + 1}. ${title}`.trim(), length)) : titles
}

/** `whole`: everything of the option can be read on it. In a row, a title that was cut may stand in the second line. */
function fitOption(
  option: Option,
  title: string,
  limits: ChannelLimits,
  asButtons: boolean,
): { shown: Option; whole: boolean } {
  const id = idOnChannel(option.id, limits)
  const { rowDescriptionLength: room } = limits
  const uncut = title.endsWith(option.title.trim())
  if (room === undefined) return { shown: { ...option, id, title }, whole: uncut }
  if (asButtons) return { shown: { id, title }, whole: uncut && !option.description }
  const second = option.description || (uncut ? '' : option.title)
  const description = shorten(second, room)
  return {
    shown: { id, title, ...(description === '' ? {} : { description }) },
    whole: description === second && (uncut || !option.description),
  }
}
