import type { ChannelLimits } from '@copse/contracts'

/** What the Cloud API takes in a message of a conversation. It refuses what is longer; it does not shorten. */
export const limits = {
  name: 'whatsapp',
  textLength: 4_096,
  buttons: 3,
  buttonTitleLength: 20,
  listRows: 10,
  listOpens: true,
  rowTitleLength: 24,
  optionsTextLength: 1_024,
  rowDescriptionLength: 72,
  // A button's may have 256, a row's 200.
  optionIdLength: 200,
  media: true,
  windowMs: 24 * 3_600_000,
  quietMs: 1_200,
} as const satisfies ChannelLimits

/** A template has 1,024 letters with its variables filled in. What remains for ours is what its own words leave. */
export const longestVariable = 900
