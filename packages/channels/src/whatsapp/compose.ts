import type { JsonObject, Option, OutboundMessage } from '@copse/contracts'
import { limits } from './limits.ts'

/** People without a phone number have an id that is scoped to the business, e.g. `CO.1047385771169864`. */
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]+$/

/** A message in Meta's words. It was fitted to the limits before: nothing is shortened here. */
export function composeMessage(
  to: { alias: string; key?: string },
  { text, options = [] }: OutboundMessage,
  { listOpener }: { listOpener: string },
): JsonObject {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(userId.test(to.alias) ? { recipient: to.alias } : { to: to.alias }),
    ...(to.key === undefined ? {} : { biz_opaque_callback_data: to.key }),
    ...(options.length === 0
      ? { type: 'text', text: { body: text, preview_url: false } }
      : {
          type: 'interactive',
          interactive: areButtons(options) ? buttons(text, options) : list(text, options, listOpener),
        }),
  }
}

/** Buttons show no description, so one that has any is a list. */
const areButtons = (options: readonly Option[]): boolean =>
  options.length <= limits.buttons &&
  options.every(({ title, description }) => !description && title.length <= limits.buttonTitleLength)

const buttons = (text: string, options: readonly Option[]): JsonObject => ({
  type: 'button',
  body: { text },
  action: { buttons: options.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
})

/** Meta refuses an empty description. */
const list = (text: string, options: readonly Option[], button: string): JsonObject => ({
  type: 'list',
  body: { text },
  action: {
    button,
    sections: [
      { rows: options.map(({ id, title, description }) => ({ id, title, ...(description ? { description } : {}) })) },
    ],
  },
})
