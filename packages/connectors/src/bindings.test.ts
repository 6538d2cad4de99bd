import { spawnSync } from 'node:child_process'
import { connectorBinding } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { createConnector } from './create.ts'
import { catalogueOf, checkBinding, checkNewBinding } from './manifests.ts'
import { factories } from './all.ts'
import { connectorTypes } from './known.ts'
import { read, write } from './testing/outside.ts'

const bind = (given: object) =>
  connectorBinding.parse({
    name: 'shop',
    type: 'http',
    config: { baseUrl: 'http://127.0.0.1:1' },
    operations: [read, write],
    ...given,
  })

describe('bindings', () => {
  it('build a connector that offers their operations', () => {
    const connector = createConnector(bind({}))
    expect(connector.name).toBe('shop')
    expect(connector.operations.map((operation) => operation.name)).toEqual(['look_up', 'change'])
  })

  it.each([
    ['an unknown type', { type: 'fax' }, 'There is http, builtin_calendar'],
    ['a base URL that is none', { config: { baseUrl: 'shop' } }, 'connector shop, config.baseUrl:'],
    ['another protocol', { config: { baseUrl: 'ftp://shop' } }, 'config.baseUrl:'],
    ['a setting that does not exist', { config: { baseUrl: 'http://shop', retries: 3 } }, 'retries'],
    ['an operation without a path', { operations: [{ ...read, wire: {} }] }, 'operation look_up, wire.path:'],
    [
      'a path that needs what may be missing',
      { operations: [{ ...read, wire: { path: '/{day}' } }] },
      '{day} must be a required parameter',
    ],
  ])('are refused with %s, saying where', (_, given, words) => {
    expect(checkBinding(bind(given)).join()).toContain(words)
    expect(() => createConnector(bind(given))).toThrow(words)
  })

  it.each([
    ['a query', 'http://shop/?key=1', 'connector shop, config.baseUrl: ends before any "?"'],
    ['a password', 'http://a:secret@shop', 'connector shop, config.baseUrl: holds a name or a password'],
  ])('are refused with %s in their address while they are new, and build what was released', (_, baseUrl, words) => {
    const problems = checkNewBinding(bind({ config: { baseUrl } })).join()
    expect(problems).toContain(words)
    expect(problems).not.toContain('secret')
    expect(createConnector(bind({ config: { baseUrl } })).name).toBe('shop')
  })

  it('know the same types as data and as code', () => {
    expect(Object.keys(factories)).toEqual(connectorTypes.map(({ type }) => type))
  })
})

describe('the catalogue', () => {
  it('names each operation with the binding that performs it', () => {
    const catalogue = catalogueOf([bind({ operations: [read] }), bind({ name: 'bank', operations: [write] })])
    expect([...catalogue].map(([name, { connector }]) => [name, connector])).toEqual([
      ['look_up', 'shop'],
      ['change', 'bank'],
    ])
  })

  it('refuses an operation that two bindings offer', () => {
    expect(() => catalogueOf([bind({}), bind({ name: 'bank' })])).toThrow('"look_up" is offered by both shop and bank')
  })
})

describe('a guard with an open breaker', () => {
  it('does not keep the process alive', () => {
    const script = `
      import { guarded } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const operation = ${JSON.stringify(write)}
      const call = async () => ({ status: 'unavailable', code: 'connection_refused', reason: '' })
      const guard = guarded({ name: 'x', operations: [operation], call, close: async () => {} }, { failures: 1 })
      await guard.call({ operation, args: {}, idempotencyKey: 'k', signal: new AbortController().signal })`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 10_000,
      encoding: 'utf8',
    })
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
  })
})
