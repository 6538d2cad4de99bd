import { Fault } from '@copse/contracts'
import { StandardSchemaValidationPipe } from '@nestjs/common'
import { z } from 'zod'

/** Checks whatever a controller gives a `schema`: bodies and path parameters. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new Fault('body_invalid', {
      extra: {
        errors: issues.map((issue) => ({
          path: (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part)).join('.'),
          message: issue.message,
        })),
      },
    }),
})

/** What authors call a procedure, a credential, a connector, a channel. */
export const name = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, 'is a-z, 0-9, "_" and "-", and starts with a letter')
