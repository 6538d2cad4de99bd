import { readFileSync } from 'node:fs'
import { operationManifest, type ConnectorBinding, type OperationManifest } from '@copse/contracts'
import { parse } from 'yaml'
import { z } from 'zod'

const text = readFileSync(new URL('../operations.yaml', import.meta.url), 'utf8')

/** What the business offers, as data. */
export const operations: OperationManifest[] = z.array(operationManifest).parse(parse(text))

/** How a tenant reaches the business that listens at `url`. */
export const demoBinding = (url: string): ConnectorBinding => ({
  name: 'business',
  type: 'http',
  config: { baseUrl: url },
  operations,
})
