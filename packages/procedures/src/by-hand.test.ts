import { readdirSync, readFileSync } from 'node:fs'
import { operationManifest } from '@copse/contracts'
import { treeHash } from '@copse/engine'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { besideOf, compileProcedure } from './index.ts'
import { appointment } from './testing/by-hand/appointment.ts'
import { complaint } from './testing/by-hand/complaint.ts'
import { findOrder } from './testing/by-hand/find-order.ts'
import { lead } from './testing/by-hand/lead.ts'
import { orderStatus } from './testing/by-hand/order-status.ts'
import { passwordReset } from './testing/by-hand/password-reset.ts'
import { refund } from './testing/by-hand/refund.ts'
import { procedureOf } from './testing/compiled.ts'
import { buildTree } from './testing/tree.ts'

const library = new URL('../../../procedures/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, library), 'utf8')
const operations = z.array(operationManifest).parse(parse(read('../examples/demo-business/operations.yaml')))
const beside = besideOf(() =>
  readdirSync(library)
    .filter((file) => file.endsWith('.procedure.yaml'))
    .map((file) => ({ file, text: read(file) })),
)
const catalogue = { operations: Object.fromEntries(operations.map((one) => [one.name, one])), beside }

/** Built with the engine's builder, in a person's words: nothing of them was written by the compiler. */
const byHand = {
  appointment,
  complaint,
  'find-order': findOrder,
  lead,
  'order-status': orderStatus,
  'password-reset': passwordReset,
  refund,
}

describe.each(Object.entries(byHand))('%s', (name, tree) => {
  // What runs is this JSON and nothing else, so that one tree has one behaviour.
  test('built by hand is the same tree as compiled from YAML, node by node', () => {
    const compiled = procedureOf(compileProcedure(read(`${name}.procedure.yaml`), catalogue))
    expect(tree).toEqual(compiled.tree)
    expect(treeHash(tree)).toBe(compiled.treeHash)
    expect(buildTree(tree).ids).toEqual(buildTree(compiled.tree).ids)
  })
})
