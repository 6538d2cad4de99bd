import type { JsonObject, Option, OutboundMessage, Recipient } from '@copse/contracts'
import type { WhatsAppConfig } from './binding.ts'
import { limits } from './limits.ts'

/** People without a phone number have an id that is scoped to the business, e.g. `CO.1047385771169864`. */
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]+$/

/** A message in Meta's words. It was fitted to the limits before: nothing is shortened here. */
export function composeMessage(
  to: Recipient,
  message: OutboundMessage,
  config: Pick<WhatsAppConfig, 'listOpener' | 'templates'>,
): JsonObject {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(userId.test(to.alias) ? { recipient: to.alias } : { to: to.alias }),
    ...(to.key === undefined ? {} : { biz_opaque_callback_data: to.key }),
    ...(to.beyondWindow && config.templates ? template(message, config.templates.reopen) : free(message, config)),
  }
}

function free(message: OutboundMessage, { listOpener }: Pick<WhatsAppConfig, 'listOpener'>): JsonObject {
  const { text, options = [], media } = message
  if (media) return { type: media.type, [media.type]: { link: media.link } }
  if (options.length === 0) return { type: 'text', text: { body: text, preview_url: false } }
  const interactive = areButtons(options) ? buttons(text, options) : list(text, options, listOpener)
  return { type: 'interactive', interactive }
}

/** A template is an approved text around our words. The session knows the options by their numbers, too. */
function template(message: OutboundMessage, reopen: string): JsonObject {
  const [name = '', code = ''] = reopen.split('/')
  const parameters = [{ type: 'text', text: oneLine(message) }]
  return { type: 'template', template: { name, language: { code }, components: [{ type: 'body', parameters }] } }
}

/** Meta refuses a variable with line breaks, tabs or many blanks. */
export const oneLine = ({ text, options = [] }: OutboundMessage): string =>
  [text, ...options.map((option, at) => `${at + 1}. ${wholeOf(option, `${at + 1}. `)}`)]
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()

/** On a row, a title may bear its number, and one that was cut stands whole in the second line. */
function wholeOf({ title, description }: Option, number: string): string {
  const bare = title.startsWith(number) ? title.slice(number.length) : title
  if (!description) return bare
  const isCut = bare.endsWith('…') && description.startsWith(bare.slice(0, -1))
  return isCut ? description : `${bare}: ${description}`
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
