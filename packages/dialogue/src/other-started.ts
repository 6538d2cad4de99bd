import {
  listenLeaf,
  type InboundEvent,
  type Json,
  type LeafConfig,
  type ReleasedProcedure,
  type StoredSession,
} from '@copse/contracts'
import { toldIn } from './history.ts'
import { initialOf } from './newer.ts'
import { startedBy } from './routing.ts'
import { namedOption } from './understand/options.ts'

/**
 * Nothing is under way where a flow begins: words that start a procedure start it there as well, as they would have
 * without the hello before. What the flow offers there, or listens for in words, is its own.
 */
export function startsAnother(
  { text = '', payload }: InboundEvent,
  { procedure, step, snapshot }: StoredSession,
  procedures: readonly ReleasedProcedure[],
): boolean {
  const flow = procedures.find(({ id, kind }) => id === procedure.id && kind === 'flow')
  if (!flow || payload !== undefined || step !== initialOf(flow.tree) || hearsWords(flow.tree)) return false
  if (namedOption(toldIn(snapshot)?.options ?? [], { text, payload })) return false
  return startedBy(text, procedures).some(({ id }) => id !== flow.id)
}

interface FlowTree {
  root: { children: { name: string; children: { op: string; config: unknown }[] }[] }
}

function hearsWords(tree: Json): boolean {
  const { root } = tree as unknown as FlowTree
  const first = root.children.find(({ name }) => name === initialOf(tree))?.children ?? []
  return first.some(({ op, config }) => op === 'listen' && listenLeaf.parse(config).transitions.some(isForWords))
}

const isForWords = ({ payload, prefix, always, types }: LeafConfig<'listen'>['transitions'][number]): boolean =>
  always !== true && payload === undefined && prefix === undefined && (types?.includes('text') ?? true)
