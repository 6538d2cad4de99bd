import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlanes, type Planes } from './process/planes.ts'
import { openCheckout, walk, walkIn } from './process/walk.ts'

describe('what the pages ask a reader to type', () => {
  it('goes from a written procedure to a tested one, in the README', async () => {
    const acts = walkIn('README.md', 'From SOP to tested procedure, in two minutes')
    expect(acts.length).toBeGreaterThan(4)
    const checkout = openCheckout()
    await walk(acts, checkout.folder)
    checkout.close()
  }, 300_000)

  describe('with the demo running', () => {
    let planes: Planes
    beforeAll(async () => {
      planes = await openPlanes()
    }, 60_000)
    afterAll(() => planes.close())

    it('goes from an empty file to a published procedure, in the guide', async () => {
      const techmart = await planes.deploy('techmart', { dev: true })
      const checkout = openCheckout()
      mkdirSync(join(checkout.folder, '.copse'))
      copyFileSync(join(planes.dataFolder, 'admin-key'), join(checkout.folder, '.copse/admin-key'))
      const acts = walkIn('docs/guides/authoring.md', 'From an empty file to a published procedure')
      expect(acts.length).toBeGreaterThan(15)
      await walk(acts, checkout.folder, {
        'http://127.0.0.1:8001': planes.url(),
        'http://127.0.0.1:8002': `http://127.0.0.1:${techmart.port}`,
      })
      checkout.close()

      // What the guide says of drafts, from the control plane as it is built.
      const { procedure, text } = await planes.ask('POST', '/v1/tenants/techmart/procedures/ingest', {
        text: 'Order check\n\n1. Ask for the order number.\n2. Look up the order.\n3. If it is late, say so.',
      })
      expect(procedure).toBe('order_check')
      await planes.ask('PUT', '/v1/tenants/techmart/procedures/order_check', text)
    }, 300_000)
  })
})
