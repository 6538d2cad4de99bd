import type { OperationManifest } from '@copse/contracts'
import { z } from 'zod'
import { defineType } from '../type.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** How one operation travels. Arguments not in the path or `query` are the JSON body; with GET they are the query. */
export const httpWire = z.strictObject({
  method: z.enum(methods).default('POST'),
  /** `/orders/{order_id}/refund`: each name in braces is a required parameter. */
  path: z.string().startsWith('/'),
  query: z.array(z.string()).default([]),
})
export type HttpWire = z.infer<typeof httpWire>

/** A parameter's place in a path. */
export const pathParam = /\{([a-z][a-z0-9_]*)\}/g

export const httpConfig = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }),
  headers: z.record(z.string(), z.string()).default({}),
})
export type HttpConfigInput = z.input<typeof httpConfig>

export const http = defineType({
  type: 'http',
  description: 'Any system with JSON over HTTP. Its operations are described in the binding.',
  config: httpConfig,
  regrets(config: unknown): string[] {
    const { baseUrl } = httpConfig.parse(config)
    const { username, password } = new URL(baseUrl)
    return [
      ...(/[?#]/.test(baseUrl)
        ? ['config.baseUrl: ends before any "?" or "#": the path of each operation follows it']
        : []),
      ...(username || password
        ? ['config.baseUrl: holds a name or a password, which every release would show: name a `credential`']
        : []),
    ]
  },
  /** What a header can carry. */
  credential: z.string().regex(/^[\x20-\x7e]+$/, 'is one line of ASCII, sent as a bearer token'),
  operations: [],
  faults({ wire, params }: OperationManifest): string[] {
    const parsed = httpWire.safeParse(wire)
    if (!parsed.success)
      return parsed.error.issues.map((issue) => `${['wire', ...issue.path].join('.')}: ${issue.message}`)
    const optional = [...parsed.data.path.matchAll(pathParam)].filter(([, name = '']) => !params[name]?.required)
    return optional.map(([braced]) => `wire.path: ${braced} must be a required parameter.`)
  },
})
