import type { Json, JsonObject, LeafConfig } from '@copse/contracts'
import { missing } from '../domain/domain.ts'
import { serviceField, templatesIn } from '../leaf-data.ts'
import { reads, type Room } from '../walk/room.ts'
import type { Walk } from '../walk/walk.ts'
import { given, unset } from '../walk/writes.ts'

type Services = Record<string, JsonObject>

/** With what a transition sets: what follows its prefix, the service that this names, and the author's `set_data`. */
export function brought(
  walk: Walk,
  { suffix, prefix = '', sets }: LeafConfig<'listen'>['transitions'][number],
  payload: string | undefined,
  services: Services,
  room: Room,
): Walk {
  const named = suffix === undefined ? walk : withSuffix(walk, suffix, payload?.slice(prefix.length), services, room)
  return sets.reduce((at, { key, value }) => withValue(at, key, value, room), named)
}

/** `value` is undefined where only the conversation knows. */
function withSuffix(walk: Walk, key: string, value: string | undefined, services: Services, room: Room): Walk {
  const { domain } = room.program
  const taken = given(domain, walk, key, (field) =>
    value === undefined || field.path !== key ? field.byCustomer : domain.cellOf(field, value) & field.byCustomer,
  )
  if (value !== undefined && !Object.hasOwn(services, value)) return taken
  const all = Object.values(services)
  return [...new Set(all.flatMap(Object.keys))].reduce((at, property) => {
    const root = serviceField(property)
    if (value !== undefined) return withConstant(at, root, services[value]![property] ?? null, room)
    const none = all.every((service) => Object.hasOwn(service, property)) ? 0n : missing
    return given(domain, at, root, (field, before) => before | field.byTool | none)
  }, taken)
}

function withValue(walk: Walk, key: string, json: Json, room: Room): Walk {
  const { domain, resolve } = room.program
  const names = templatesIn(json)
  if (names.length === 0) return withConstant(walk, key, json, room)
  for (const name of names) reads(name, walk, room)
  const isWhole = typeof json === 'string' && /^\s*\{\{[^{}]+\}\}\s*$/.test(json)
  const source = isWhole ? domain.field(resolve(names[0]!)) : undefined
  const before = source ? walk.data[source.index]! : 0n
  if (before === missing) return unset(domain, walk, key)
  return given(domain, walk, key, (field) => field.byCustomer | (before & missing))
}

const withConstant = (walk: Walk, key: string, json: Json, { program: { domain } }: Room): Walk =>
  json === null
    ? unset(domain, walk, key)
    : given(domain, walk, key, (field) =>
        field.path === key && typeof json !== 'object'
          ? domain.cellOf(field, String(json)) & field.byTool
          : field.byTool,
      )
