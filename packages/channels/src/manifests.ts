import type { ChannelLimits } from '@copse/contracts'

/** What each channel can show, as data: authoring and rendering read this without loading an adapter. */
export const manifests = {
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
