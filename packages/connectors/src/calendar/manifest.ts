import type { OperationManifest } from '@copse/contracts'
import { defineType } from '../type.ts'
import { calendarConfig, mockConfig } from './config.ts'
import { calendarOperations } from './operations.ts'

const faults = ({ name }: OperationManifest): string[] => [
  `a calendar brings its operations itself; remove "${name}" from the binding.`,
]

export const builtinCalendar = defineType({
  type: 'builtin_calendar',
  description: 'A calendar kept in the tenant’s own data folder.',
  config: calendarConfig,
  get operations() {
    return calendarOperations()
  },
  faults,
  misses(config, { hasHours }) {
    const { hours, resources } = calendarConfig.parse(config)
    const isSaid = hasHours || hours !== undefined || (resources.length > 0 && resources.every((each) => each.hours))
    return isSaid ? [] : ['config.hours: say when somebody can be booked, here or as `openingHours` of the tenant.']
  },
})

const mock = <const T extends string>(type: T) =>
  defineType({
    type,
    description: 'A calendar in memory, for trying things out: it forgets everything when the process ends.',
    config: mockConfig,
    get operations() {
      return calendarOperations()
    },
    faults,
  })
export const mockCalendar = mock('mock_calendar')
/** The name that the oldest files have for it. */
export const mockOfAnything = mock('mock')
