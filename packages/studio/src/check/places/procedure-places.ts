import { nearestTo, valueAt, type Path, type Position, type Value } from '@copse/procedures'
import { entriesOf, foundIn, languagesOf, nameOf, placeholderOf, positionOf, textOf, type Found } from './found.ts'
import type { Places } from './places.ts'

const targetKeys = new Set([
  'next_step',
  'on_success',
  'on_failure',
  'on_unavailable',
  'on_declined',
  'on_no',
  'on_message',
  'else',
  'default',
  'goto',
])
const textKeys = new Set(['say', 'ask', 'label', 'meanwhile', 'send', 'title'])
const readingKeys = new Set(['condition', 'guard_condition', 'success_when', 'source', 'field', 'until', 'at'])
const top: Position = { line: 1, column: 1 }

export function procedurePlaces(root: Value | undefined): Places {
  const list = root && valueAt(root, ['procedure', 'steps'])
  const language = root && valueAt(root, ['procedure', 'language'])
  const steps = new Map<string, Value>()
  for (const item of list?.kind === 'list' ? list.items : []) {
    const id = valueAt(item, ['id'])
    if (id?.kind === 'scalar') steps.set(String(id.value), item)
  }
  // What a step sends later stands in the step.
  const stepAt = (step: string): Value | undefined => steps.get(step.replace(/^\$task:/, ''))
  const at = (step: string, path: Path): Position => {
    const value = stepAt(step)
    return value ? positionOf(nearestTo(value, path)) : top
  }
  const valueOf = (step: string, path: Path): string | undefined => {
    const value = stepAt(step)
    return value && textOf(valueAt(value, path))
  }
  const entries = new Map([...steps].map(([id, value]) => [id, entriesOf(value)]))
  const inside = (step: string): Found[] => entries.get(step.replace(/^\$task:/, '')) ?? []
  const itemsOf = (step: string, path: Path): Value[] => {
    const value = stepAt(step)
    const list = value && valueAt(value, path)
    return list?.kind === 'list' ? list.items : []
  }
  const first = (step: string, find: (found: Found) => Position | undefined): Position => {
    for (const found of inside(step)) {
      const place = find(found)
      if (place) return place
    }
    return at(step, ['id'])
  }
  return {
    steps: [...steps.keys()],
    triggers: () => (root ? positionOf(nearestTo(root, ['procedure', 'triggers'])) : top),
    start: (step) => at(step, ['id']),
    at,
    call: (step) => at(step, ['tools', 0, 'name']),
    options: (step) => at(step, ['options']),
    title: (step, index) => at(step, ['options', index, 'label']),
    isList: (step) => valueOf(step, ['shown_as']) === 'list',
    words: (step) => at(step, ['say']),
    transitions: () => [],
    global: () => top,
    placeholder: (step, field) => first(step, ({ value }) => foundIn(value, placeholderOf(field))),
    reading: (step, names) =>
      first(step, ({ key, value }) =>
        readingKeys.has(key)
          ? names.map((name) => foundIn(value, nameOf(name))).find((place) => place !== undefined)
          : undefined,
      ),
    targets: (step) =>
      inside(step).flatMap(({ key, value }) =>
        targetKeys.has(key) && value.kind === 'scalar' ? [String(value.value)] : [],
      ),
    keys(step) {
      const value = stepAt(step)
      return value?.kind === 'map' ? [...value.entries.keys()] : []
    },
    lengthOf(step, path) {
      const value = stepAt(step)
      const found = value && valueAt(value, path)
      return found?.kind === 'list' ? found.items.length : 0
    },
    texts: (step) => [
      ...inside(step).flatMap(({ key, value }) =>
        textKeys.has(key) ? [{ key, languages: languagesOf(value), ...positionOf(value) }] : [],
      ),
      // A label that a model leaves open is offered, and a field without a title goes by its description.
      ...itemsOf(step, ['classify', 'labels']).flatMap((label) => {
        const said = valueAt(label, ['description'])
        return said ? [{ key: 'label', languages: languagesOf(said), ...positionOf(said) }] : []
      }),
      ...itemsOf(step, ['extract_fields']).flatMap((field) =>
        valueAt(field, ['title'])
          ? []
          : [{ key: 'title', isUnwritten: true as const, languages: [''], ...positionOf(field) }],
      ),
    ],
    language: textOf(language) ?? 'en',
  }
}
