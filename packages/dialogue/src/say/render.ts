import type { ChannelLimits, Option, OutboundMedia, OutboundMessage } from '@copse/contracts'
import { fitOptions, lineOf } from './fit-options.ts'
import { split } from './letters.ts'

/**
 * Fits a reply to what the channel can show, losing nothing: buttons, else a list, else numbered lines; files before the
 * words, else their addresses below them. The session keeps the options that were offered, so that a number or a title in
 * the reply resolves all the same.
 */
export function render(
  text: string,
  options: readonly Option[],
  limits: ChannelLimits,
  media: readonly OutboundMedia[] = [],
): OutboundMessage[] {
  if (limits.media) return [...media.map((file) => ({ text: '', media: file })), ...renderWords(text, options, limits)]
  return renderWords([text, ...media.map(({ link }) => link)].join('\n').trim(), options, limits)
}

function renderWords(text: string, options: readonly Option[], limits: ChannelLimits): OutboundMessage[] {
  const fitted = fitOptions(options, limits)
  // Options cannot go with nothing to read.
  const lines = fitted.lines.length === 0 && text.trim() === '' ? options.map(lineOf) : fitted.lines
  const pieces = split([text, ...lines].join('\n'), limits.textLength)
  if (fitted.options.length === 0) return pieces.map((piece) => ({ text: piece }))
  // A text too long to carry options goes first; its end carries them.
  const last = pieces.pop() ?? ''
  const body = split(last, limits.optionsTextLength ?? limits.textLength).at(-1) ?? ''
  const before = last.slice(0, last.length - body.length).trim()
  return [
    ...[...pieces, before].filter((piece) => piece !== '').map((piece) => ({ text: piece })),
    { text: body, options: fitted.options },
  ]
}
