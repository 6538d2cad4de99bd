import { z } from 'zod'
import { canonicalJson } from '../../tree/hash.ts'
import type { Json } from '../../tree/json.ts'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

const config = z.strictObject({
  /** `{{path}}` is what a field holds; a field that is missing stays as it is written. */
  message: z.string().min(1),
  level: z.enum(['debug', 'info', 'warn']).optional(),
  show: z.array(z.string().min(1)).optional(),
})

interface Plan {
  level: 'debug' | 'info' | 'warn'
  /** Every second one is a path. */
  parts: readonly string[]
  show: readonly string[]
}

/** → success; who watches is told the message, with the fields of `show` as they are */
export const log = defineNode({
  op: 'log',
  kind: 'leaf',
  config,
  prepare({ message, level = 'info', show = [] }, { expectType }): Plan {
    const parts = message.split(/\{\{([^{}]*)\}\}/)
    const paths = parts.filter((_, index) => index % 2 === 1).map((path) => path.trim())
    for (const path of [...paths, ...show]) expectType(path, 'any', 'read')
    return { level, parts, show }
  },
  run(ctx, { level, parts, show }) {
    const message = parts.map((part, index) => (index % 2 === 0 ? part : print(part, ctx.read(part.trim()))))
    const data = () => Object.fromEntries(show.map((path) => [path, ctx.read(path) ?? null]))
    ctx.log(level, message.join(''), show.length > 0 ? data : undefined)
    return Success
  },
})

function print(path: string, value: Json | undefined): string {
  if (value === undefined) return `{{${path}}}`
  return typeof value === 'string' ? value : canonicalJson(value)
}
