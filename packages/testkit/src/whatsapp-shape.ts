/** What Meta says of a message that it does not take. */
export interface GraphFault {
  code: number
  message: string
  details?: string
}

type Fields = Record<string, unknown>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const missing = (name: string): GraphFault => ({
  code: 100,
  message: 'Invalid parameter',
  details: `The parameter ${name} is required.`,
})
const wrong = (details: string): GraphFault => ({ code: 131009, message: 'Parameter value is not valid', details })

/** A string of 1 to `longest` characters, however they are counted. */
const fits = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest

/** The rules of the Cloud API for texts, files, templates, buttons and lists; undefined: it takes the message. */
export function faultIn(message: unknown): GraphFault | undefined {
  const { messaging_product: product, recipient_type: kind, to, recipient, type, ...rest } = fields(message)
  if (product !== 'whatsapp') return missing('messaging_product')
  if (kind !== undefined && kind !== 'individual') return wrong('recipient_type must be individual.')
  const addressed = addressFault(to, recipient)
  if (addressed) return addressed
  const key = rest['biz_opaque_callback_data']
  if (key !== undefined && !fits(key, 512)) return wrong('biz_opaque_callback_data has 1 to 512 characters.')
  if (type === 'text')
    return fits(fields(rest['text'])['body'], 4_096) ? undefined : wrong('text.body has 1 to 4096 characters.')
  if (type === 'image' || type === 'video' || type === 'audio' || type === 'document')
    return /^https?:\/\/\S+$/.test(String(fields(rest[type])['link']))
      ? undefined
      : wrong(`${type}.link is an address.`)
  if (type === 'template') return templateFault(fields(rest['template']))
  if (type === 'interactive') return interactiveFault(fields(rest['interactive']))
  return { code: 131051, message: 'Unsupported message type' }
}

function templateFault({ name, language, components }: Fields): GraphFault | undefined {
  if (!fits(name, 512)) return missing('template.name')
  if (!fits(fields(language)['code'], 6)) return missing('template.language.code')
  const parameters = list(components).flatMap((component) => list(fields(component)['parameters']))
  for (const parameter of parameters.map(fields)) {
    const { type, text } = parameter
    if (type !== 'text' || !fits(text, 1_024)) return wrong('A parameter has 1 to 1024 characters.')
    if (/[\n\t]| {5}/.test(text)) return wrong('A parameter has no new line, tab or more than 4 blanks.')
  }
  return undefined
}

function addressFault(to: unknown, recipient: unknown): GraphFault | undefined {
  if (to === undefined && recipient === undefined) return missing('to')
  if (to !== undefined)
    return typeof to === 'string' && /^\d{5,20}$/.test(to) ? undefined : wrong('to is a phone number.')
  return typeof recipient === 'string' && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient)
    ? undefined
    : wrong('recipient is a user id.')
}

function interactiveFault({ type, body, action }: Fields): GraphFault | undefined {
  const { text } = fields(body)
  if (type === 'button') {
    if (!fits(text, 1_024)) return wrong('A body with buttons has 1 to 1024 characters.')
    const replies = list(fields(action)['buttons']).map((button) => fields(fields(button)['reply']))
    return optionFault(replies, { most: 3, title: 20, id: 256 })
  }
  if (type === 'list') {
    if (!fits(text, 4_096)) return wrong('A body with a list has 1 to 4096 characters.')
    if (!fits(fields(action)['button'], 20)) return wrong('action.button has 1 to 20 characters.')
    const sections = list(fields(action)['sections']).map(fields)
    if (sections.length === 0 || sections.length > 10) return wrong('A list has 1 to 10 sections.')
    if (sections.length > 1 && !sections.every(({ title }) => fits(title, 24))) return wrong('Sections need titles.')
    const rows = sections.flatMap((section) => list(section['rows'])).map(fields)
    if (rows.some(({ description }) => description !== undefined && !fits(description, 72)))
      return wrong('A description has 1 to 72 characters.')
    return optionFault(rows, { most: 10, title: 24, id: 200 })
  }
  return wrong('interactive.type is not known.')
}

function optionFault(options: Fields[], limit: { most: number; title: number; id: number }): GraphFault | undefined {
  if (options.length === 0 || options.length > limit.most) return wrong(`There are 1 to ${limit.most} options.`)
  if (!options.every(({ title }) => fits(title, limit.title)))
    return wrong(`A title has 1 to ${limit.title} characters.`)
  if (!options.every(({ id }) => fits(id, limit.id) && id === id.trim()))
    return wrong(`An id has 1 to ${limit.id} characters and no blanks at its ends.`)
  for (const name of ['id', 'title'])
    if (new Set(options.map((option) => option[name])).size < options.length) return wrong(`Each ${name} is used once.`)
  return undefined
}
