import { expect, test } from 'vitest'
import { greetProcedure, writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

test('«stop» in the web chat or over the API opts out with one confirmation, and is no answer to what was asked', async () => {
  const tenant = await writeTenant({ 'greet.yaml': greetProcedure('Goodbye, {{name}}.') })
  const plane = await startPlane(await bootFrom(tenant.file))
  const say = (message: string) =>
    ask<{ status: string; response: string }>(plane, '/api/chat', { user_id: 'ana', message })
  await say('hello')
  expect((await say('Stop!')).response).toContain('You will get no more messages from us here.')
  // Whoever writes again is answered: what they asked not to get is what comes by itself.
  expect(await say('Ana')).toMatchObject({ status: 'completed', response: 'Goodbye, Ana.' })
  await plane.close()
  await tenant.remove()
})
