import { createConnector } from '@copse/connectors'
import type { JsonObject } from '@copse/contracts'
import type { OpenCalendar } from '@copse/studio'

/** The built-in calendar, in memory, as a tenant with these settings has it. Throws `config_invalid`. */
export const calendarOf =
  (config: JsonObject = {}): OpenCalendar =>
  ({ clock, ids, ...tenant }) =>
    createConnector({ name: 'calendar', type: 'mock_calendar', config, operations: [] }, { clock, ids, tenant })
