import { nearestTo, valueAt, type Mapping, type Path, type Position, type Value } from '@copse/procedures'
import { entriesOf, foundIn, languagesOf, nameOf, placeholderOf, positionOf, textOf, type Found } from './found.ts'
import type { Places, Text } from './places.ts'

const targetKeys = new Set(['target', 'fallback', 'on_error'])
const triggers = ['on_payload', 'on_payload_prefix', 'on_type', 'condition', 'always']
const offering = ['buttons', 'sections', 'source_key']
const top: Position = { line: 1, column: 1 }

export function flowPlaces(root: Value, flow: Value, states: Mapping): Places {
  const steps = new Map<string, Step>()
  for (const [id, { key, value }] of states.entries) steps.set(id, { key, value, actions: itemsOf(value, 'on_enter') })
  const tasks = valueAt(flow, ['tasks'])
  for (const [id, { key, value }] of tasks?.kind === 'map' ? tasks.entries : [])
    steps.set(`$task:${id}`, { key, value, actions: itemsOf(value, 'actions') })
  const globals = globalsOf(flow, valueAt(root, ['copse']) === undefined)
  const entries = new Map([...steps].map(([id, { value }]) => [id, entriesOf(value)]))
  const inside = (step: string): Found[] => entries.get(step) ?? []
  const start = (step: string): Position => positionOf(steps.get(step)?.key ?? top)
  const first = (step: string, find: (found: Found) => Position | undefined): Position => {
    for (const found of inside(step)) {
      const place = find(found)
      if (place) return place
    }
    return start(step)
  }
  const textsIn = (step: string): Text[] => (steps.get(step)?.actions ?? []).flatMap(textsOf)
  return {
    steps: [...steps.keys()],
    triggers: () => positionOf(nearestTo(flow, ['triggers'])),
    start,
    at(step, path: Path) {
      const value = steps.get(step)?.value
      return value ? positionOf(nearestTo(value, path)) : top
    },
    call: (step, operation) =>
      first(step, ({ key, value }) =>
        key === 'operation' && textOf(value) === operation ? positionOf(value) : undefined,
      ),
    options: (step) => first(step, ({ key, value }) => (offering.includes(key) ? positionOf(value) : undefined)),
    title: (step, index) => textsIn(step).filter(({ key }) => key === 'title')[index] ?? start(step),
    isList: (step) => inside(step).some(({ key }) => key === 'sections' || key === 'source_key'),
    words: (step) => textsIn(step).at(0) ?? start(step),
    transitions(step) {
      const own = itemsOf(steps.get(step)?.value, 'transitions').filter(isEverTaken)
      return [...globals.first, ...own.map(positionOf), ...globals.last]
    },
    global(tap) {
      const isFor = (one: Value): boolean =>
        ['on_payload', 'on_payload_prefix'].some((key) => textOf(valueAt(one, [key])) === tap)
      return positionOf(itemsOf(flow, 'global_transitions').find(isFor) ?? flow)
    },
    placeholder: (step, field) => first(step, ({ value }) => foundIn(value, placeholderOf(field, `data.${field}`))),
    reading: (step, names) =>
      first(step, ({ key, value }) => {
        const written = key === 'source_key' ? names : names.map(asWritten)
        return written.map((name) => foundIn(value, nameOf(name))).find((place) => place !== undefined)
      }),
    targets: (step) => inside(step).flatMap(({ key, value }) => (targetKeys.has(key) ? (textOf(value) ?? []) : [])),
    keys: () => [],
    lengthOf: () => 0,
    texts: textsIn,
    language: textOf(valueAt(flow, ['language'])) ?? 'en',
  }
}

interface Step {
  key: Position
  value: Value
  actions: readonly Value[]
}

const asWritten = (name: string): string => (/^(message|memory|connector)\./.test(name) ? name : `data.${name}`)

function itemsOf(value: Value | undefined, key: string): readonly Value[] {
  const list = value && valueAt(value, [key])
  return list?.kind === 'list' ? list.items : []
}

const isEverTaken = (transition: Value): boolean => triggers.some((key) => valueAt(transition, [key]) !== undefined)

/** How many go before, and how many after, a state's own: as the compiler orders them. */
function globalsOf(flow: Value, isEarlier: boolean): { first: undefined[]; last: undefined[] } {
  const all = itemsOf(flow, 'global_transitions').filter(isEverTaken)
  const isFirst = (one: Value): boolean => {
    const priority = valueAt(one, ['priority'])
    return isEarlier || (priority?.kind === 'scalar' && priority.value === true)
  }
  const first = all.filter(isFirst).length
  return { first: Array<undefined>(first).fill(undefined), last: Array<undefined>(all.length - first).fill(undefined) }
}

/** What a customer reads of an action. Descriptions of rows have one language for all. */
function textsOf(action: Value): Text[] {
  const rows = itemsOf(action, 'sections').flatMap((section) => itemsOf(section, 'rows'))
  const titled = [...itemsOf(action, 'buttons'), ...rows]
  return [
    ...['text', 'body', 'empty_text'].flatMap((key) => textAt(action, key)),
    ...titled.flatMap((option) => textAt(option, 'title')),
  ]
}

function textAt(value: Value, key: string): Text[] {
  const text = valueAt(value, [key])
  return text === undefined ? [] : [{ key, languages: languagesOf(text), ...positionOf(text) }]
}
