import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { destination, type Target } from './graph/stage-graph.ts'
import { compileProcedure, type Compilation } from './index.ts'
import { catalogue } from './testing/catalogue.ts'
import { codesOf, configOf, exitsOf, nodesOf, procedureOf, stageOf } from './testing/compiled.ts'
import { buildTree } from './testing/tree.ts'

/** Procedures written for an earlier engine, kept beside the repository. */
const folder = new URL('../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)
const fixtures = existsSync(folder)
  ? readdirSync(folder).map((file) => ({ file, source: readFileSync(new URL(file, folder), 'utf8') }))
  : []

const of = (name: string): Compilation => {
  const found = fixtures.find(({ file }) => file.includes(name))
  return compileProcedure(found?.source ?? '', catalogue)
}

describe.skipIf(fixtures.length === 0)('the procedures of the earlier engine', () => {
  test.each(fixtures)('$file loads unchanged, builds, and every step can be reached', ({ file, source }) => {
    const compilation = compileProcedure(source, catalogue, { file })
    const { tree, dialect } = procedureOf(compilation)
    expect(dialect).toBe('p')
    expect(buildTree(tree).hash).toBe(procedureOf(compilation).treeHash)
    expect(codesOf(compilation)).not.toContain('unreachable_step')
    expect(reachable(tree.root.config)).toEqual(new Set(tree.root.children?.map((stage) => stage.name)))
  })

  test('"from TechMart" is enough for the refund: the search can run with it', () => {
    const { required, completeWhen } = configOf(of('refund'), 'greet_and_collect', 'collect')
    expect(required).toEqual(['order_id'])
    expect(completeWhen).toMatchObject({
      op: 'or',
      of: expect.arrayContaining([{ op: 'exists', field: 'merchant_name' }]),
    })
  })

  test('the lookup pauses, and a correction is read where the order is collected', () => {
    const refund = of('refund')
    expect(exitsOf(refund, 'lookup_order')['correct']).toEqual({ to: 'greet_and_collect', return: true })
    expect(configOf(refund, 'lookup_order', 'pause')['uses']).toEqual(
      expect.arrayContaining(['order_id', 'merchant_name', 'order_data']),
    )
  })

  test('a complaint in words of its own is free text; the item stays a name', () => {
    const { fields } = configOf(of('complaint'), 'greet_and_collect', 'collect') as {
      fields: { key: string; type: string }[]
    }
    const types = Object.fromEntries(fields.map(({ key, type }) => [key, type]))
    expect(types).toMatchObject({
      complaint_description: 'text',
      order_id: 'string',
      item_description: 'string',
      amount: 'amount',
    })
  })

  test('an account that only a model wants to freeze is frozen after a yes', () => {
    const fraud = of('fraud')
    expect(codesOf(fraud)).toContain('confirm_inserted')
    expect(configOf(fraud, 'take_action_flag', 'confirm')).toMatchObject({ entered: ['classification'] })
    expect(exitsOf(fraud, 'take_action_flag')['declined']).toBe('$handoff')
  })

  test('store credit that a keyword led to is confirmed, and a no goes back to the options', () => {
    const refund = of('refund')
    expect(configOf(refund, 'offer_store_credit', 'confirm')).toMatchObject({ entered: ['keyword', 'classification'] })
    expect(exitsOf(refund, 'offer_store_credit')['declined']).toBe('$back')
  })

  test('a refund that facts decided is not asked about again', () => {
    expect(nodesOf(stageOf(of('refund'), 'process_refund')).map(({ op }) => op)).not.toContain('confirm')
  })

  test('another alert number at "not found" is the option that looks it up', () => {
    const { options } = configOf(of('fraud'), 'alert_not_found', 'choose') as {
      options: { takes: { key: string }[] }[]
    }
    expect(options.map(({ takes }) => takes.map(({ key }) => key))).toEqual([['alert_id'], []])
  })
})

function reachable(config: unknown): Set<string> {
  const { initial, exits } = config as { initial: string; exits: Record<string, Record<string, Target>> }
  const seen = new Set<string>([initial])
  for (const id of seen) for (const target of Object.values(exits[id] ?? {})) seen.add(destination(target))
  seen.delete('end')
  seen.delete('$back')
  return seen
}
