import type { Reference, Variable } from '../model/model.ts'
import type { Element } from './xml.ts'

export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((child) => child.name === name && child.namespace === element.namespace)

export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name && child.namespace === element.namespace) ?? []

/** Names are compared with single blanks. */
export const nameOf = (text: string): string => text.trim().replace(/\s+/g, ' ')

/** The content of its `<text>`. */
export const textOf = (element: Element | undefined): string => childOf(element, 'text')?.text.trim() ?? ''

/** A type by name, without the prefix that some tools write before FEEL's own. */
export function typeOf(text: string | undefined): string | undefined {
  const name = text === undefined ? '' : nameOf(text).replace(/^feel[:.]/, '')
  return name === '' ? undefined : name
}

export function variableOf(element: Element): Variable {
  const type = typeOf(element.attributes.get('typeRef'))
  return { name: nameOf(element.attributes.get('name') ?? ''), ...(type !== undefined && { type }) }
}

/** `#id`, or `namespace#id`. */
export function referenceOf(element: Element): Reference {
  const href = element.attributes.get('href') ?? ''
  const cut = href.lastIndexOf('#')
  const namespace = href.slice(0, Math.max(0, cut))
  return { id: href.slice(cut + 1), ...(namespace !== '' && { namespace }) }
}
