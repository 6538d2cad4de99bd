import type { InboundEvent, JsonObject, Media } from '@copse/contracts'
import { fieldsOf, idOf, isShallow, jsonOf, listOf, stringOf, textOf, type Fields } from './read.ts'

type Said = Pick<InboundEvent, 'kind' | 'text' | 'payload' | 'media' | 'data'>

/** What a message says to us, or why it is no turn. */
export type Reading = Said | { dropped: 'reaction' | 'edit' | 'delete' | 'system' }

const unreadable = (data?: JsonObject): Said => ({ kind: 'unsupported', ...(data ? { data } : {}) })

/** Total: a kind that nobody knows yet is unsupported, and so is a known one without its content. */
export function readMessage(message: Fields): Reading {
  const type = stringOf(message['type']) ?? ''
  const content = fieldsOf(message[type])
  switch (type) {
    case 'text':
      return textSaid(content['body'])
    case 'button':
      return templateButton(content)
    case 'interactive':
      return interactive(content)
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return attached(type, content)
    case 'location':
      return location(content)
    case 'contacts':
    case 'order':
      return structured(type, message[type])
    case 'reaction':
      return { dropped: 'reaction' }
    case 'edit':
      return { dropped: 'edit' }
    case 'revoke':
      return { dropped: 'delete' }
    case 'system':
    case 'request_welcome':
      return { dropped: 'system' }
    default:
      return unsupported(message)
  }
}

function textSaid(body: unknown): Said {
  const text = textOf(body)
  return text === undefined ? unreadable() : { kind: 'text', text }
}

/** A quick reply of a template. Its payload may be missing: then its words are all that was said. */
function templateButton(button: Fields): Said {
  const payload = textOf(button['payload'])
  const text = textOf(button['text'])
  return payload === undefined ? textSaid(text) : { kind: 'payload', payload, ...(text === undefined ? {} : { text }) }
}

function interactive(content: Fields): Said {
  const type = stringOf(content['type']) ?? ''
  if (type === 'nfm_reply') return form(fieldsOf(content['nfm_reply']))
  if (type !== 'button_reply' && type !== 'list_reply') return unreadable()
  const { id, title } = fieldsOf(content[type])
  const payload = stringOf(id)?.slice(0, 1_024)
  const text = textOf(title)
  return payload === undefined ? textSaid(text) : { kind: 'payload', payload, ...(text === undefined ? {} : { text }) }
}

const maxFormLength = 65_536

/** A flow's answers are JSON inside a string. One that does not parse is still the customer's form: its text is kept. */
function form({ response_json: json }: Fields): Said {
  const raw = textOf(json)
  if (raw === undefined) return unreadable()
  const answers = raw.length <= maxFormLength ? jsonOf(raw) : undefined
  const isObject = typeof answers === 'object' && answers !== null && !Array.isArray(answers)
  return isObject && isShallow(answers) ? { kind: 'form', data: { form: answers } } : { kind: 'form', text: raw }
}

function attached(type: Media['type'], content: Fields): Said {
  const id = idOf(content['id'])
  if (id === undefined) return unreadable()
  const mime = textOf(content['mime_type'])
  const filename = textOf(content['filename'])
  const caption = textOf(content['caption'])
  return {
    kind: 'media',
    media: {
      type: content['voice'] === true ? 'voice' : type,
      id,
      ...(mime === undefined ? {} : { mime }),
      ...(filename === undefined ? {} : { filename }),
    },
    ...(caption === undefined ? {} : { text: caption }),
  }
}

/** 0 is a latitude like any other. */
function location(content: Fields): Said {
  const { latitude: lat, longitude: lng } = content
  if (!isFinite(lat) || !isFinite(lng)) return unreadable()
  const name = textOf(content['name'])
  const address = textOf(content['address'])
  const place = { lat, lng, ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) }
  return { kind: 'location', data: { location: place } }
}

/** 1e400 is read as infinite, and could not be written down. */
const isFinite = (value: unknown): value is number => Number.isFinite(value)

/** Contact cards and orders: data that the customer sent, as it came. */
function structured(type: 'contacts' | 'order', content: unknown): Said {
  const whole = typeof content === 'object' && content !== null && isShallow(content)
  return whole ? { kind: 'form', data: { [type]: content } } : unreadable()
}

function unsupported(message: Fields): Said {
  const { code } = fieldsOf(listOf(message['errors'])[0])
  return unreadable(typeof code === 'number' ? { code } : undefined)
}
