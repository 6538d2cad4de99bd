import { compile as compileCondition, validateCondition } from '@copse/conditions'
import { compile, createRegistry, nodes, type Json, type Tree } from '@copse/engine'
import { leafDefinitions } from './leaves/all.ts'

const registry = createRegistry([...nodes, ...leafDefinitions])

/** Builds a frozen tree: the engine's nodes and the leaves that talk. Throws the engine's TreeError. */
export function buildTree(spec: Json): Tree {
  return compile(spec, registry, { condition: (json) => compileCondition(validateCondition(json)) })
}
