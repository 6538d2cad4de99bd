import type { ItemDefinition } from '../model/model.ts'
import { columnType, type ColumnType } from '../table/table.ts'

type Types = ReadonlyMap<string, ItemDefinition>

const spellings: Record<string, ColumnType> = {
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
}

/** FEEL's type at the bottom of a model's; `any` for what is more than a simple value. */
export function columnTypeOf(type: string | undefined, types: Types, depth = 0): ColumnType {
  if (type === undefined) return 'any'
  const own = spellings[type] ?? columnType.safeParse(type).data
  if (own) return own
  const definition = types.get(type)
  if (!definition || definition.collection || definition.fields || definition.function || depth > 20) return 'any'
  return columnTypeOf(definition.type, types, depth + 1)
}

/** What the model allows for the type. */
export function valuesOf(type: string | undefined, types: Types): string | undefined {
  const definition = type === undefined ? undefined : types.get(type)
  return definition?.collection || definition?.fields ? undefined : definition?.values
}
