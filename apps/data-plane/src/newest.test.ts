import type { Bundle, TenantStatus } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Boot } from './boot.ts'
import type { DataPlane } from './compose.ts'
import { greetProcedure, writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

let tenant: Awaited<ReturnType<typeof writeTenant>>
let booted: Boot
let plane: DataPlane | undefined
beforeEach(async () => {
  tenant = await writeTenant()
  booted = await bootFrom(tenant.file)
})
afterEach(async () => {
  await plane?.close()
  await tenant.remove()
})

const refused = async () => (await ask<TenantStatus>(plane!, '/internal/status')).refused
/** Its tree names what nobody can build. */
const unusable = ({ release, ...rest }: Bundle): Bundle => ({
  ...rest,
  release: {
    ...release,
    digest: 'unusable',
    procedures: release.procedures.map((one) => ({ ...one, treeHash: 'other', tree: { v: 1, root: { op: 'none' } } })),
  },
})

test('a release that cannot be used is told by the status until a newer one can be', async () => {
  let publish: (next: Bundle) => Promise<void> = async () => {}
  plane = await startPlane({
    ...booted,
    watch(_, apply) {
      publish = apply
      return async () => {}
    },
  })
  expect(await refused()).toBeNull()
  await expect(publish(unusable(booted.bundle))).rejects.toThrow()
  expect(await refused()).toMatchObject({ why: expect.stringMatching(/\S/) as string })
  expect(await ask(plane, '/healthz')).toMatchObject({ ok: true, newest: 'refused' })
  expect(await ask(plane, '/api/chat', { user_id: 'CUST-1', message: 'hello' })).toMatchObject({ status: 'waiting' })
  await publish(booted.bundle)
  expect(await refused()).toBeNull()
})

test('a tenant that had to start with the release before says so', async () => {
  plane = await startPlane({ ...booted, bundle: unusable(booted.bundle), lastGood: booted.bundle })
  expect(await refused()).not.toBeNull()
})

test('a reload that is refused is told as well, and the next one that is not takes it back', async () => {
  plane = await startPlane({ ...booted, watch: () => async () => {} })
  await tenant.write('greet.yaml', 'copse: 1\nprocedure: 7\n')
  expect(await ask(plane, '/api/procedures/reload', {})).toMatchObject({ http: 422 })
  expect(await refused()).toMatchObject({ why: expect.stringContaining('greet.yaml:2:12') as string })
  await tenant.write('greet.yaml', greetProcedure())
  await ask(plane, '/api/procedures/reload', {})
  expect(await refused()).toBeNull()
})
