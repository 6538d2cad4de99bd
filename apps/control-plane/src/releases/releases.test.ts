import { setTimeout as sleep } from 'node:timers/promises'
import { digest, release as releaseShape } from '@copse/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startControlPlane, type TestControlPlane } from '../testing/control-plane.ts'
import { findOrder, lookUp, shopWith } from '../testing/procedure.ts'

let cp: TestControlPlane
beforeAll(async () => {
  cp = await startControlPlane()
})
afterAll(() => cp.close())

let count = 0
/** A tenant of the test's own, with a connector that offers `find_order`. */
async function newTenant(): Promise<string> {
  const slug = `tenant-${++count}`
  await cp.call('POST', '/v1/tenants', { slug, name: slug })
  await cp.call('PUT', `/v1/tenants/${slug}/connectors/shop`, shopWith(findOrder))
  return `/v1/tenants/${slug}`
}

describe('a procedure', () => {
  test('gets a version when its text changes, as YAML or in JSON', async () => {
    const tenant = await newTenant()
    const put = (body: unknown) => cp.call('PUT', `${tenant}/procedures/look_up`, body)
    expect((await put(lookUp())).body).toMatchObject({ version: 1, created: true })
    expect((await put({ source: lookUp() })).body).toMatchObject({ version: 1, created: false })
    expect((await put(lookUp({ name: 'Find' }))).body).toMatchObject({ version: 2, created: true })
    expect((await cp.call('GET', `${tenant}/procedures`)).body.items).toMatchObject([{ id: 'look_up', latest: 2 }])
  })

  test('that does not compile is refused with line, column and a fix, and the stored version stays', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    const refused = await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp({ operation: 'find_ordr' }))
    expect(refused).toMatchObject({ status: 422, body: { code: 'procedure_invalid' } })
    expect(refused.body.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'unknown_operation', severity: 'error', line: 19, column: 17, file: 'look_up' }),
    )
    expect((await cp.call('GET', `${tenant}/procedures`)).body.items).toMatchObject([{ latest: 1 }])
  })

  test('that several people upload at once gets a version for each text, in a row', async () => {
    const library = '/v1/library/procedures/at_once'
    for (const address of [`${await newTenant()}/procedures/at_once`, library]) {
      const put = (name: string) => cp.call('PUT', address, lookUp({ id: 'at_once', name }))
      const versions = async (names: string[]): Promise<unknown[]> => {
        const answers = await Promise.all(names.map(put))
        return answers.map(({ body }) => body.version as number).toSorted((a, b) => a - b)
      }
      expect(await versions(['A', 'B', 'C', 'D'])).toEqual([1, 2, 3, 4])
      expect(await versions(['E', 'E', 'E', 'E'])).toEqual([5, 5, 5, 5])
    }
  })

  test('is a step of another of the same tenant; a release holds only what a customer can begin', async () => {
    const tenant = await newTenant()
    const put = (id: string, steps: string) =>
      cp.call('PUT', `${tenant}/procedures/${id}`, `copse: 1\nprocedure:\n  id: ${id}\n${steps}`)
    const uses =
      '  triggers: [find]\n  steps:\n    - {id: look, action: subprocedure, procedure: ask, next_step: end}\n'
    expect(await put('outer', uses)).toMatchObject({
      status: 422,
      body: { diagnostics: [{ code: 'unknown_procedure', line: 6 }] },
    })
    const fields = 'extract_fields: [{key: order_id}], required_fields: [order_id], on_failure: handoff'
    const asks = `  outputs: {order_id: string}\n  steps:\n    - {id: which, action: collect_info, say: Which?, ${fields}, next_step: end}\n`
    expect(await put('ask', asks)).toMatchObject({ body: { version: 1 } })
    expect(await put('outer', uses)).toMatchObject({ body: { version: 1, diagnostics: [] } })
    expect(await cp.call('POST', `${tenant}/releases`)).toMatchObject({ status: 201 })
    const { body: release } = await cp.call('GET', `${tenant}/releases/active`)
    expect(release.procedures).toHaveLength(1)
    expect(release.beside).toEqual([{ file: 'ask', text: expect.stringContaining('say: Which?') }])
    expect(JSON.stringify(release.procedures)).toContain('look.which')
  })

  test('whose id is not that of its address is refused', async () => {
    const refused = await cp.call('PUT', `${await newTenant()}/procedures/other`, lookUp())
    expect(refused).toMatchObject({ status: 422, body: { diagnostics: [{ code: 'id_differs' }] } })
  })
})

describe('a library procedure', () => {
  test('is bound in its latest version or a pinned one, and one fix reaches who binds the latest', async () => {
    const [latest, pinned] = [await newTenant(), await newTenant()]
    const id = 'shared_look_up'
    await cp.call('PUT', `/v1/library/procedures/${id}`, lookUp({ id }))
    expect((await cp.call('POST', `${latest}/bindings`, { procedure: id })).body).toEqual({
      procedure: id,
      version: 'latest',
    })
    await cp.call('POST', `${pinned}/bindings`, { procedure: id, version: 1 })
    await cp.call('PUT', `/v1/library/procedures/${id}`, lookUp({ id, name: 'Fixed' }))
    const { items } = (await cp.call('GET', '/v1/library/procedures')).body
    expect(items).toContainEqual(expect.objectContaining({ id, latest: 2 }))

    const [a, b] = [await cp.call('POST', `${latest}/releases`), await cp.call('POST', `${pinned}/releases`)]
    expect(a.body.procedures).toMatchObject([{ id, number: 2, name: 'Fixed' }])
    expect(b.body.procedures).toMatchObject([{ id, number: 1, name: 'Look up' }])
    expect((await cp.call('GET', `${pinned}/bindings`)).body.items).toEqual([{ procedure: id, version: 1 }])
  })

  test('is checked for everything but the operations, which only a tenant has', async () => {
    const broken = await cp.call('PUT', '/v1/library/procedures/broken', 'copse: 1\nprocedure: [')
    expect(broken).toMatchObject({ status: 422, body: { code: 'procedure_invalid' } })
    const tenant = await newTenant()
    await cp.call('PUT', '/v1/library/procedures/needy', lookUp({ id: 'needy', operation: 'not_offered' }))
    await cp.call('POST', `${tenant}/bindings`, { procedure: 'needy' })
    const refused = await cp.call('POST', `${tenant}/releases`)
    expect(refused).toMatchObject({ status: 422, body: { code: 'procedure_invalid' } })
    expect(refused.body.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'unknown_operation', file: 'needy' }),
    )
  })

  test('does not share an id with an own one', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', '/v1/library/procedures/twice', lookUp({ id: 'twice' }))
    await cp.call('PUT', `${tenant}/procedures/twice`, lookUp({ id: 'twice' }))
    expect(await cp.call('POST', `${tenant}/bindings`, { procedure: 'twice' })).toMatchObject({ status: 409 })
    const other = await newTenant()
    await cp.call('POST', `${other}/bindings`, { procedure: 'twice' })
    expect(await cp.call('PUT', `${other}/procedures/twice`, lookUp({ id: 'twice' }))).toMatchObject({ status: 409 })
  })

  test('is not bound in a version that no procedure can have', async () => {
    const asked = { procedure: 'look_up', version: 99_999_999_999 }
    const refused = await cp.call('POST', `${await newTenant()}/bindings`, asked)
    expect(refused).toMatchObject({ status: 400, body: { code: 'body_invalid', errors: [{ path: 'version' }] } })
  })

  test('takes the place of a procedure of the same id that was taken away, and gives it back', async () => {
    const tenant = await newTenant()
    const shown = async () => {
      await cp.call('POST', `${tenant}/releases`)
      return (await cp.call('GET', `${tenant}/releases/active`)).body.procedures
    }
    await cp.call('PUT', '/v1/library/procedures/same', lookUp({ id: 'same', name: 'Everybody’s' }))
    await cp.call('PUT', `${tenant}/procedures/same`, lookUp({ id: 'same', name: 'Own' }))
    const refused = await cp.call('POST', `${tenant}/bindings`, { procedure: 'same' })
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Take that away first') } })
    await cp.call('DELETE', `${tenant}/procedures/same`)
    expect((await cp.call('POST', `${tenant}/bindings`, { procedure: 'same' })).status).toBe(200)
    expect(await shown()).toMatchObject([{ id: 'same', name: 'Everybody’s' }])
    expect((await cp.call('DELETE', `${tenant}/bindings/same`)).status).toBe(204)
    const own = await cp.call('PUT', `${tenant}/procedures/same`, lookUp({ id: 'same', name: 'Own again' }))
    expect(own.body).toMatchObject({ version: 2, created: true })
    expect(await shown()).toMatchObject([{ id: 'same', name: 'Own again' }])
  })

  test('must exist to be bound', async () => {
    const tenant = await newTenant()
    for (const body of [{ procedure: 'nowhere' }, { procedure: 'shared_look_up', version: 99 }]) {
      expect(await cp.call('POST', `${tenant}/bindings`, body)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      })
    }
  })
})

describe('a release', () => {
  test('freezes everything of the tenant, and its digest is of all of it', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    await cp.call('PUT', `${tenant}/channels/web`, { type: 'webchat' })
    await cp.call('PUT', `${tenant}/knowledge`, { text: 'Open at nine.' })
    const published = await cp.call('POST', `${tenant}/releases`)
    expect(published).toMatchObject({ status: 201, body: { number: 1, active: true, created: true } })

    const active = (await cp.call('GET', `${tenant}/releases/active`)).body
    const { digest: stated, ...rest } = releaseShape.parse(active)
    expect(digest(rest)).toBe(stated)
    expect(active).toMatchObject({
      digest: published.body.digest,
      number: 1,
      procedures: [{ id: 'look_up', number: 1, source: lookUp(), treeHash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      knowledge: { version: 1, text: 'Open at nine.' },
      connectors: [{ name: 'shop' }],
      channels: [{ name: 'web' }],
      model: { provider: 'offline' },
    })
  })

  test('stays as it was when the tenant changes; the next publication makes a new one', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    const first = (await cp.call('POST', `${tenant}/releases`)).body
    expect((await cp.call('POST', `${tenant}/releases`)).body).toMatchObject({
      number: 1,
      digest: first.digest,
      created: false,
    })
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp({ name: 'Find' }))
    expect((await cp.call('GET', `${tenant}/releases/active`)).body.digest).toBe(first.digest)
    await cp.call('POST', `${tenant}/releases`)
    expect((await cp.call('GET', `${tenant}/releases`)).body.items).toMatchObject([
      { number: 2, active: true },
      { number: 1, active: false, digest: first.digest },
    ])
  })

  test('that was published before can be read, and made active again as it was; the next publication goes on', async () => {
    const tenant = await newTenant()
    for (const name of ['Good', 'Bad']) {
      await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp({ name }))
      await cp.call('POST', `${tenant}/releases`)
    }
    const active = async () => (await cp.call('GET', `${tenant}/releases/active`)).body
    const back = await cp.call('PUT', `${tenant}/releases/active`, { number: 1 })
    expect(back).toMatchObject({ status: 200, body: { number: 1, active: true } })
    expect(await active()).toMatchObject({ number: 1, procedures: [{ name: 'Good' }] })
    expect((await cp.call('GET', `${tenant}/releases/2`)).body).toMatchObject({ procedures: [{ name: 'Bad' }] })
    expect((await cp.call('POST', `${tenant}/releases`)).body).toMatchObject({ number: 3, created: true })
    await cp.call('PUT', `${tenant}/releases/active`, { number: 2 })
    expect((await cp.call('POST', `${tenant}/releases`)).body).toMatchObject({ number: 2, created: false })
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp({ name: 'Better' }))
    expect((await cp.call('POST', `${tenant}/releases`)).body).toMatchObject({ number: 4, created: true })
    for (const [method, path, body] of [
      ['PUT', 'active', { number: 9 }],
      ['GET', '9', undefined],
    ] as const)
      expect(await cp.call(method, `${tenant}/releases/${path}`, body)).toMatchObject({
        status: 404,
        body: { detail: 'This tenant has no release 9.' },
      })
    expect((await cp.call('GET', `${tenant}/releases/first`)).status).toBe(400)
    expect(await active()).toMatchObject({ number: 4 })
  })

  test('lacks what was taken away since, and the one before has it still', async () => {
    const tenant = await newTenant()
    const other = { ...shopWith(findOrder), operations: undefined }
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    const begunBy = (word: string) => lookUp({ id: word }).replace('where is my order', word)
    await cp.call('PUT', `${tenant}/procedures/second`, begunBy('second'))
    await cp.call('PUT', '/v1/library/procedures/third', begunBy('third'))
    await cp.call('POST', `${tenant}/bindings`, { procedure: 'third' })
    await cp.call('PUT', `${tenant}/connectors/other`, other)
    await cp.call('PUT', `${tenant}/channels/typo`, { type: 'webchat', credential: 'nobody_has_it' })
    const taken = ['procedures/second', 'bindings/third', 'connectors/other', 'channels/typo']
    expect(await cp.call('POST', `${tenant}/releases`)).toMatchObject({ status: 409 })
    await cp.call('PUT', `${tenant}/channels/typo`, { type: 'webchat' })
    await cp.call('POST', `${tenant}/releases`)
    for (const path of taken) expect((await cp.call('DELETE', `${tenant}/${path}`)).status, path).toBe(204)
    for (const path of taken) {
      const [kind = '', id = ''] = path.split('/')
      const left = JSON.stringify((await cp.call('GET', `${tenant}/${kind}`)).body)
      expect(left).not.toContain(id)
      const again = await cp.call('DELETE', `${tenant}/${path}`)
      expect(again, path).toMatchObject({ status: 404, body: { detail: expect.stringContaining(`"${id}"`) } })
    }
    await cp.call('POST', `${tenant}/releases`)
    const idsOf = async (number: number) => {
      const { body } = await cp.call('GET', `${tenant}/releases/${number}`)
      const { procedures, connectors, channels } = releaseShape.parse(body)
      return [...procedures.map(({ id }) => id), ...[...connectors, ...channels].map(({ name }) => name)]
    }
    expect(await idsOf(1)).toEqual(['look_up', 'second', 'third', 'other', 'shop', 'typo'])
    expect(await idsOf(2)).toEqual(['look_up', 'shop'])
    const back = await cp.call('PUT', `${tenant}/procedures/second`, begunBy('second').replace('Bye', 'See you'))
    expect(back.body).toMatchObject({ version: 2, created: true })
  })

  test('holds what its procedures call, also when that is taken away while it is made', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    // Either may come first.
    await cp.call('POST', `${tenant}/releases`)
    for (let i = 0; i < 40; i++) {
      await cp.call('PUT', `${tenant}/connectors/shop`, shopWith(findOrder))
      await cp.call('PATCH', tenant, { name: `Shop ${i}` })
      const publishing = cp.call('POST', `${tenant}/releases`)
      await sleep(i % 12)
      await Promise.all([publishing, cp.call('DELETE', `${tenant}/connectors/shop`)])
      expect((await cp.call('GET', `${tenant}/releases/active`)).body.connectors, `${i}`).toHaveLength(1)
    }
  })

  test('is refused with all that is missing, and the active one stays', async () => {
    const tenant = await newTenant()
    expect(await cp.call('POST', `${tenant}/releases`)).toMatchObject({ status: 409, body: { code: 'not_ready' } })
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    const { body: first } = await cp.call('POST', `${tenant}/releases`)
    await cp.call('PUT', `${tenant}/channels/web`, { type: 'webchat', credential: 'web_key' })
    await cp.call('PUT', `${tenant}/identity`, { operation: 'find_order' })
    const handoffs = { webhook: { url: 'https://desk.example' }, credential: 'desk' }
    expect(await cp.call('PATCH', tenant, { profile: { handoffs } })).toMatchObject({ status: 200 })
    const refused = await cp.call('POST', `${tenant}/releases`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_ready' } })
    expect(refused.body.detail).toMatch(/"web_key".*"desk".*`publicUrl` of the profile.*"find_order" marked `identity`/)
    expect((await cp.call('GET', `${tenant}/releases/active`)).body.digest).toBe(first.digest)
  })

  test('is refused while the model has no key, since no tenant could use it', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    await cp.call('PUT', `${tenant}/model`, { provider: 'anthropic' })
    const refused = await cp.call('POST', `${tenant}/releases`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_ready' } })
    expect(refused.body.detail).toContain('a `credential` of the model')
  })

  test('is refused while a calendar has no hours and the tenant says none either', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    await cp.call('PUT', `${tenant}/connectors/calendar`, { type: 'builtin_calendar' })
    const refused = await cp.call('POST', `${tenant}/releases`)
    expect(refused).toMatchObject({ status: 422, body: { code: 'config_invalid' } })
    expect(refused.body.detail).toContain('connector calendar, config.hours: say when somebody can be booked')
    const hours = { week: { mon: [{ from: '09:00', to: '12:00' }] } }
    await cp.call('PUT', `${tenant}/connectors/calendar`, { type: 'builtin_calendar', config: { hours } })
    expect((await cp.call('POST', `${tenant}/releases`)).status).toBe(201)
  })

  test('names all diagnostics of all procedures at once', async () => {
    const tenant = await newTenant()
    for (const id of ['one', 'two']) await cp.call('PUT', `${tenant}/procedures/${id}`, lookUp({ id }))
    await cp.call('PUT', `${tenant}/connectors/shop`, shopWith())
    const refused = await cp.call('POST', `${tenant}/releases`)
    const files = refused.body.diagnostics.map((diagnostic: { file: string }) => diagnostic.file)
    expect(new Set(files)).toEqual(new Set(['one', 'two']))
  })

  test('has a number of its own under concurrent publications', async () => {
    const tenant = await newTenant()
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        i % 2 === 0
          ? cp.call('POST', `${tenant}/releases`)
          : cp.call('PUT', `${tenant}/procedures/look_up`, lookUp({ name: `N${i}` })),
      ),
    )
    expect(answers.map((answer) => answer.status).every((status) => status < 300)).toBe(true)
    const { items } = (await cp.call('GET', `${tenant}/releases`)).body
    const numbers = items.map((item: { number: number }) => item.number)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => numbers.length - i))
  })
})
