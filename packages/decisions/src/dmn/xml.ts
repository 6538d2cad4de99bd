import { limits } from '../limits.ts'
import { entityOf, nameAt, readAttributes, scan } from './markup.ts'
import { XmlRefusal } from './xml-refusal.ts'

/** An element by its local name, whatever its prefix. */
export interface Element {
  name: string
  namespace: string
  /** As they are written, prefix included. */
  attributes: ReadonlyMap<string, string>
  children: Element[]
  text: string
  /** Of its `<`. */
  offset: number
  /** Pieces of its text: which part of the text begins where in the file. */
  pieces: { at: number; offset: number }[]
}

const textRun = /[^<&]+/y
const blank = /\s*/y
const comment = /<!--[^]*?-->/y
const cdata = /<!\[CDATA\[([^]*?)\]\]>/y
const instruction = /<\?[^]*?\?>/y

/**
 * Reads XML in one pass, in time linear in its length. There is no DOCTYPE, hence no entity but the five that XML has
 * itself: nothing in the file can grow, and nothing outside of it can be fetched.
 */
export function parseXml(source: string): Element {
  if (source.length > limits.xmlLength) {
    throw new XmlRefusal(
      `The file is larger than ${limits.xmlLength} characters.`,
      limits.xmlLength,
      'Split the model.',
    )
  }
  return new Reader(source).document()
}

class Reader {
  readonly #source: string
  readonly #open: { element: Element; name: string; namespaces: ReadonlyMap<string, string> }[] = []
  #at = 0
  #elements = 0
  #root: Element | undefined

  constructor(source: string) {
    this.#source = source
  }

  document(): Element {
    this.#at = this.#source.startsWith('\uFEFF') ? 1 : 0
    while (this.#at < this.#source.length) this.#next()
    const unclosed = this.#open.at(-1)
    if (unclosed) throw new XmlRefusal(`<${unclosed.name}> is not closed.`, unclosed.element.offset, 'Close it.')
    if (!this.#root) throw new XmlRefusal('The file holds no element.', 0, 'Begin with <definitions>.')
    return this.#root
  }

  #next(): void {
    const source = this.#source
    const character = source[this.#at]
    if (character === '&') return this.#text(entityOf(source, this.#at))
    if (character !== '<') return this.#text(this.#run())
    if (source.startsWith('</', this.#at)) return this.#close()
    if (source.startsWith('<!', this.#at)) return this.#declaration()
    if (!source.startsWith('<?', this.#at)) return this.#start()
    this.#at += (scan(instruction, source, this.#at) ?? this.#unclosed('processing instruction')).length
  }

  #run(): { value: string; length: number } {
    const value = scan(textRun, this.#source, this.#at) ?? ''
    return { value, length: value.length }
  }

  #unclosed(what: string): never {
    throw new XmlRefusal(`This ${what} is not closed.`, this.#at)
  }

  #text({ value, length }: { value: string; length: number }): void {
    const element = this.#open.at(-1)?.element
    if (element) {
      element.pieces.push({ at: element.text.length, offset: this.#at })
      element.text += value
    } else if (value.trim() !== '') {
      throw new XmlRefusal('There is text outside of the root element.', this.#at, 'Remove it.')
    }
    this.#at += length
  }

  #declaration(): void {
    const source = this.#source
    if (source.startsWith('<!--', this.#at)) {
      this.#at += (scan(comment, source, this.#at) ?? this.#unclosed('comment')).length
      return
    }
    if (!source.startsWith('<![CDATA[', this.#at)) {
      throw new XmlRefusal('Declarations such as DOCTYPE are not read.', this.#at, 'Remove the declaration.')
    }
    const found = scan(cdata, source, this.#at) ?? this.#unclosed('CDATA section')
    this.#at += 9
    this.#text({ value: found.slice(9, -3), length: found.length - 9 })
  }

  #close(): void {
    const open = this.#open.pop()
    const name = nameAt(this.#source, this.#at + 2)
    if (!open) throw new XmlRefusal(`</${name}> closes nothing.`, this.#at, 'Remove it.')
    if (name !== open.name) throw new XmlRefusal(`</${name}> stands where <${open.name}> closes.`, this.#at)
    this.#at += 2 + name.length
    this.#at += scan(blank, this.#source, this.#at)?.length ?? 0
    if (this.#source[this.#at] !== '>') this.#unclosed('tag')
    this.#at += 1
  }

  #start(): void {
    const offset = this.#at
    const name = nameAt(this.#source, offset + 1)
    if (name === '') throw new XmlRefusal('`<` is not followed by a name.', offset, 'Write &lt; for the sign.')
    const parent = this.#open.at(-1)
    if (!parent && this.#root) throw new XmlRefusal('There is a second root element.', offset, 'Remove it.')
    this.#elements += 1
    if (this.#elements > limits.xmlElements) throw new XmlRefusal('The file holds too many elements.', offset)
    if (this.#open.length >= limits.xmlDepth) throw new XmlRefusal('The file nests too deeply.', offset)
    const tag = readAttributes(this.#source, offset + 1 + name.length)
    const namespaces = declared(tag.attributes, parent?.namespaces ?? new Map())
    const element = elementOf(name, tag.attributes, namespaces, offset)
    parent?.element.children.push(element)
    this.#root ??= element
    if (!tag.isClosed) this.#open.push({ element, name, namespaces })
    this.#at = tag.end
  }
}

type Attributes = readonly { name: string; value: string }[]

/** The namespaces by prefix, '' for those without. */
function declared(attributes: Attributes, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const own = attributes.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (own.length === 0) return outer
  return new Map([...outer, ...own.map(({ name, value }): [string, string] => [name.slice(6), value])])
}

function elementOf(
  qualified: string,
  all: Attributes,
  namespaces: ReadonlyMap<string, string>,
  offset: number,
): Element {
  const cut = qualified.indexOf(':')
  const namespace = namespaces.get(cut < 0 ? '' : qualified.slice(0, cut))
  if (namespace === undefined && cut >= 0) {
    throw new XmlRefusal(`The prefix of <${qualified}> is not declared.`, offset, 'Declare it with xmlns.')
  }
  const attributes = new Map(all.map(({ name, value }) => [name, value]))
  const name = qualified.slice(cut + 1)
  return { name, namespace: namespace ?? '', attributes, children: [], text: '', offset, pieces: [] }
}
