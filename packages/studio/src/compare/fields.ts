import { canonicalJson, type Json } from '@copse/contracts'
import { isObject, type Outline } from '../read/outline.ts'

/** Fields that go by another name and are the same otherwise: old name → new name. */
export function renamedFields(before: Outline, after: Outline): Map<string, string> {
  const [old, now] = [definedIn(before), definedIn(after)]
  const gone = [...old].filter(([name]) => !now.has(name))
  const added = [...now].filter(([name]) => !old.has(name))
  // Two that are alike could be either.
  return new Map(
    gone.flatMap(([name, definition]) => {
      const same = added.filter(([, other]) => other === definition)
      const rivals = gone.filter(([, other]) => other === definition)
      return same.length === 1 && rivals.length === 1 ? [[name, same[0]![0]] as const] : []
    }),
  )
}

/** Each field that an author names, with what is said of it beside its name. */
function definedIn({ head, steps }: Outline): Map<string, string> {
  const found = new Map<string, string>()
  if (isObject(head['fields']))
    for (const [name, source] of Object.entries(head['fields'])) found.set(name, canonicalJson(['fields', source]))
  for (const { id, json } of steps) {
    for (const field of Array.isArray(json['extract_fields']) ? json['extract_fields'] : []) {
      if (!isObject(field) || typeof field['key'] !== 'string') continue
      const { key, ...rest } = field
      found.set(key, canonicalJson([id, rest]))
    }
  }
  return found
}

const conditions = new Set(['condition', 'guard_condition', 'success_when'])
const names = new Set(['key', 'source', 'field', 'result_key', 'required_fields', 'required_any'])

/** The same with the new names, wherever a field is meant; what is only written alike stays. */
export function withFields(json: Json, renamed: ReadonlyMap<string, string>, key = ''): Json {
  if (Array.isArray(json)) return json.map((item) => withFields(item, renamed, key))
  if (isObject(json)) {
    const isList = key === 'fields'
    return Object.fromEntries(
      Object.entries(json).map(([inner, value]) => [
        isList ? (renamed.get(inner) ?? inner) : inner,
        withFields(value, renamed, inner),
      ]),
    )
  }
  if (typeof json !== 'string') return json
  if (conditions.has(key) || names.has(key)) return replaced(json, renamed)
  return json.replaceAll(/\{\{[^{}]*\}\}/g, (placeholder) => replaced(placeholder, renamed))
}

const replaced = (text: string, renamed: ReadonlyMap<string, string>): string =>
  text.replaceAll(/(?<![\w.])[a-zA-Z_]\w*/g, (word) => renamed.get(word) ?? word)
