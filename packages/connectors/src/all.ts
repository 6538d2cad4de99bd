import type { Connector, ConnectorBinding } from '@copse/contracts'
import { createBuiltinCalendar, createMockCalendar } from './calendar/create.ts'
import { builtinCalendar, mockCalendar, mockOfAnything } from './calendar/manifest.ts'
import { createHttpConnector } from './http/connector.ts'
import { http, httpConfig } from './http/manifest.ts'
import type { Surroundings } from './surroundings.ts'

export type ConnectorFactory = (binding: ConnectorBinding, given: Surroundings) => Connector

/** Every type of connector, by the name that bindings use. A new one is one line here and one in `known.ts`. */
export const factories: Readonly<Record<string, ConnectorFactory>> = {
  [http.type]: ({ name, config, operations }, { secret }) =>
    createHttpConnector({ name, config: httpConfig.parse(config), secret, operations }),
  [builtinCalendar.type]: createBuiltinCalendar,
  [mockCalendar.type]: createMockCalendar,
  [mockOfAnything.type]: createMockCalendar,
}
