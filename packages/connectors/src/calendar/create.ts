import { join } from 'node:path'
import { Fault, type Connector, type ConnectorBinding } from '@copse/contracts'
import { openingHours, type OpeningHours } from '@copse/time'
import type { Surroundings } from '../surroundings.ts'
import { calendarConfig, mockConfig, type CalendarConfig } from './config.ts'
import { createCalendar } from './connector.ts'

/** One file, whatever the binding is called: a tenant has one calendar, and it keeps it when the binding is renamed. */
export const calendarFile = 'calendar.db'

const office = [{ from: '09:00', to: '17:00' }]
const officeHours = (): OpeningHours =>
  openingHours.parse({ week: { mon: office, tue: office, wed: office, thu: office, fri: office } })

export function createBuiltinCalendar(binding: ConnectorBinding, given: Surroundings): Connector {
  const { folder, tenant } = given
  if (folder === undefined)
    throw new Fault('config_invalid', {
      detail: `connector ${binding.name}: it needs a data folder, and there is none.`,
    })
  const config = calendarConfig.parse(binding.config)
  return create(binding, given, { config, file: join(folder, calendarFile), hours: tenant?.hours ?? closed() })
}

/** Without any hours it keeps those of an office. */
export function createMockCalendar(binding: ConnectorBinding, given: Surroundings): Connector {
  const hours = given.tenant?.hours ?? officeHours()
  return create(binding, given, { config: mockConfig.parse(binding.config), file: ':memory:', hours })
}

/** Never used: who has no hours at all is refused before. */
const closed = (): OpeningHours => openingHours.parse({})

const create = (
  { name }: ConnectorBinding,
  { tenant, clock, ids }: Surroundings,
  rest: { config: CalendarConfig; file: string; hours: OpeningHours },
): Connector =>
  createCalendar({
    name,
    timeZone: tenant?.timeZone ?? 'UTC',
    language: tenant?.language ?? 'en',
    clock,
    ...(ids ? { ids } : {}),
    ...rest,
  })
