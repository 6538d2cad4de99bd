import type { FastifyInstance } from 'fastify'
import { control, type FaultSwitch } from '../faults.ts'

/** `POST /control {}` makes everything well again. */
export function installControl(app: FastifyInstance, faults: FaultSwitch): void {
  app.get('/control', () => faults.read())
  app.post('/control', (request, reply) => {
    const next = control.safeParse(request.body ?? {})
    if (!next.success) {
      const [issue] = next.error.issues
      return reply.code(422).send({ code: 'body_invalid', reason: `${issue?.path.join('.')}: ${issue?.message}` })
    }
    faults.set(next.data)
    return faults.read()
  })
}
