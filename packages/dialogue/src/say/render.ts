import type { ChannelLimits, Option, OutboundMessage } from '@copse/contracts'

/**
 * Fits a reply to what the channel can show, losing nothing: buttons, else a list, else numbered lines. The session
 * keeps the options that were offered, so that a number or a title in the reply resolves all the same.
 */
export function render(text: string, options: readonly Option[], limits: ChannelLimits): OutboundMessage[] {
  const room = Math.max(limits.buttons, limits.listRows)
  const titleLength = options.length <= limits.buttons ? limits.buttonTitleLength : limits.rowTitleLength
  const fits = options.length > 0 && options.length <= room
  const numbered =
    options.length > 0 && !fits ? `\n${options.map((option, at) => `${at + 1}. ${option.title}`).join('\n')}` : ''
  const pieces = split(`${text}${numbered}`.trim(), limits.textLength)
  const messages: OutboundMessage[] = pieces.map((piece) => ({ text: piece }))
  const last = messages.at(-1)
  if (fits && last) last.options = options.map((option) => ({ ...option, title: shorten(option.title, titleLength) }))
  return messages
}

/** Cuts at paragraph, sentence or word ends; never inside a character. */
function split(text: string, length: number): string[] {
  if (text === '') return []
  if (text.length <= length) return [text]
  const head = text.slice(0, length)
  const at = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('. ') + 1, head.lastIndexOf(' '))
  const cut = at > length / 2 ? at : graphemes(head).slice(0, -1).join('').length
  return [text.slice(0, cut).trim(), ...split(text.slice(cut).trim(), length)]
}

function shorten(title: string, length: number): string {
  const letters = graphemes(title)
  return letters.length <= length ? title : `${letters.slice(0, length - 1).join('')}…`
}

function graphemes(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map((part) => part.segment)
}
