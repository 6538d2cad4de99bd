import { builtinCalendar, mockCalendar, mockOfAnything } from './calendar/manifest.ts'
import { http } from './http/manifest.ts'
import type { ConnectorType } from './type.ts'

/** Every type of connector as data; `all.ts` has the same list as code. */
export const connectorTypes: readonly ConnectorType[] = [http, builtinCalendar, mockCalendar, mockOfAnything]
