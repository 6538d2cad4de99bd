import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copse } from './recorded-world.ts'

const root = new URL('../../', import.meta.url).pathname
const business = join(root, 'examples/demo-business')
const library = globSync(join(root, 'procedures/*.{procedure.yaml,flow.yaml,table.yaml,dmn}'))
/** What customers reach; the others are what these are made of. */
const shipped = library.filter((file) => /^ {2}(?:triggers|initial_state):/m.test(readFileSync(file, 'utf8')))
const parts = library.filter((file) => !shipped.includes(file))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-generate-'))
  for (const file of parts) cpSync(file, join(folder, basename(file)))
})
afterEach(() => rmSync(folder, { recursive: true }))

const take = (name: string): void => cpSync(join(root, 'procedures', name), join(folder, name))
const test = (...more: string[]) => copse('test', folder, ...more, '--business', business)
const generated = (name: string): string =>
  join(folder, name.replace(/\.(procedure|flow)\.yaml$/, '.generated.scenarios.yaml'))

describe('copse test --generate', () => {
  it.each(shipped.map((file) => basename(file)))(
    '%s: every way, and the same again',
    { timeout: 180_000 },
    async (name) => {
      take(name)
      const { code, said } = await test('--generate', '--complete')
      expect(said).toMatch(/scenarios? written to .*: (\d+) of \1 ways, 0 without them\n$/)
      expect(code).toBe(0)
      const played = await test('--complete')
      expect(played.said).toMatch(/scenarios?, all as expected/)
      expect(played.code, played.said).toBe(0)
      const before = readFileSync(generated(name), 'utf8')
      await test('--generate')
      expect(readFileSync(generated(name), 'utf8')).toBe(before)
    },
  )

  it(
    'adds only what those written by hand do not take, and nothing where they take all',
    { timeout: 180_000 },
    async () => {
      take('order-status.procedure.yaml')
      take('order-status.scenarios.yaml')
      expect((await test('--generate')).said).toMatch(/nothing to add: (\d+) of \1 ways are taken/)
      const byHand = join(folder, 'order-status.scenarios.yaml')
      const [head, ...scenarios] = readFileSync(byHand, 'utf8').split(/^(?=- name:)/m)
      writeFileSync(byHand, [head, ...scenarios.slice(0, 3)].join(''))
      expect((await test('--generate')).said).toMatch(/written to .*: (\d+) of \1 ways, \d+ without them/)
      const { code, said } = await test('--complete')
      expect(said).toMatch(/order_status: (\d+) of \1 steps, (\d+) of \2 ways/)
      expect(code).toBe(0)
      cpSync(join(root, 'procedures/order-status.scenarios.yaml'), byHand)
      await test('--generate')
      expect(existsSync(generated('order-status.procedure.yaml'))).toBe(false)
    },
  )

  it('never writes over what somebody wrote', async () => {
    take('order-status.procedure.yaml')
    const file = generated('order-status.procedure.yaml')
    writeFileSync(file, '- name: mine\n  turns: [{customer: hi}]\n')
    const { code, said } = await test('--generate')
    expect(said).toContain(`${file} was written by hand`)
    expect(code).toBe(1)
    expect(readFileSync(file, 'utf8')).toContain('mine')
  })

  it('takes a procedure that ends in .yml as any other', { timeout: 180_000 }, async () => {
    const file = join(folder, 'order-status.procedure.yml')
    cpSync(join(root, 'procedures/order-status.procedure.yaml'), file)
    const { code, said } = await test('--generate')
    expect(said).toContain(`written to ${generated('order-status.procedure.yaml')}`)
    expect(code).toBe(0)
    expect((await test('--complete')).code).toBe(0)
  })

  it('says what is wrong with a procedure that does not compile, and asks for one where there is none', async () => {
    for (const file of parts) rmSync(join(folder, basename(file)))
    expect((await test('--generate')).said).toContain('There is no *.procedure.yaml or *.flow.yaml in this folder.')
    take('refund.procedure.yaml')
    const file = join(folder, 'refund.procedure.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('next_step: ', 'next_step: no_such_'))
    const { code, said } = await test('--generate')
    expect(said).toContain('nothing was written.')
    expect(code).toBe(1)
  })
})
