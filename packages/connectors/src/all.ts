import type { Connector, ConnectorBinding } from '@copse/contracts'
import { createHttpConnector } from './http/connector.ts'
import { http, httpConfig } from './http/manifest.ts'

export type ConnectorFactory = (binding: ConnectorBinding, options: { secret?: string | undefined }) => Connector

/** Every type of connector, by the name that bindings use. A new one is one line here and one in `known.ts`. */
export const factories: Readonly<Record<string, ConnectorFactory>> = {
  [http.type]: ({ name, config, operations }, { secret }) =>
    createHttpConnector({ name, config: httpConfig.parse(config), secret, operations }),
}
