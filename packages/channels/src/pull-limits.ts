import type { ChannelLimits } from '@copse/contracts'

/** What the channels of our own can show. Every tenant has them. */
export const limits = {
  webchat: {
    name: 'webchat',
    textLength: 8_000,
    buttons: 10,
    buttonTitleLength: 60,
    listRows: 50,
    rowTitleLength: 120,
  },
  /** Programs: they get everything and decide themselves what to show. */
  api: { name: 'api', textLength: 8_000, buttons: 50, buttonTitleLength: 200, listRows: 50, rowTitleLength: 200 },
  /** Development only: events posted by hand, messages read back. */
  http_dev: {
    name: 'http_dev',
    textLength: 8_000,
    buttons: 50,
    buttonTitleLength: 200,
    listRows: 50,
    rowTitleLength: 200,
  },
} as const satisfies Record<string, ChannelLimits>

/** Their names: a binding of another type may not take one. */
export const builtIn: ReadonlySet<string> = new Set(Object.keys(limits))
