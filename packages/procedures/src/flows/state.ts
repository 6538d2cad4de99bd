import type { NodeSpec } from '@copse/engine'
import type { JsonObject, LeafConfig } from '@copse/contracts'
import { handoffStage, personStage, type Stage, type Target } from '../graph/stage-graph.ts'
import { leaf } from '../steps/leaf.ts'
import { exitNames, unique } from '../steps/names.ts'
import type { Done } from './actions/action.ts'
import type { Services } from './services.ts'
import { isNeverTaken, type Transition } from './transition.ts'

/** A state that was read. */
export interface State {
  id: string
  title: string | undefined
  actions: Done[]
  /** In the order in which they are tried. */
  transitions: Transition[]
  fallback: string | undefined
  answers: LeafConfig<'listen'>['answers']
}

/**
 * A state as a stage: what it does when it is entered, in order, then one leaf that waits for a message and names the
 * exit. An action that fails skips those after it.
 */
export function lowerState(state: State, services: Services, forgets: readonly string[] | undefined): Stage {
  const { id, title, fallback, answers } = state
  const speaker = { step: id, ...(title === undefined ? {} : { title }) }
  const exits = exitsOf()
  const listen = leaf('listen', {
    ...speaker,
    transitions: state.transitions
      .filter((transition) => !isNeverTaken(transition))
      .map(({ triggers, sets, to }) => ({ exit: exits.to(to), ...triggers, sets })),
    ...expanding(state, services),
    ...(fallback === undefined ? {} : { fallback: exits.to(fallback) }),
    ...(answers === undefined ? {} : { answers }),
  })
  const enter = leaf('enter', { ...speaker, ...(forgets === undefined ? {} : { forgets: [...forgets] }) })
  const actions = actionsOf(state, exits.to)
  const node: NodeSpec = {
    op: 'sequence',
    name: id,
    children: [enter, ...(actions === undefined ? [] : [actions]), listen],
  }
  return { id, node, exits: { ...exits.targets(), person: personStage, failure: handoffStage } }
}

function expanding({ transitions }: State, services: Services): { expands?: Record<string, JsonObject> } {
  const isUsed = transitions.some(({ triggers }) => triggers.suffix !== undefined) && Object.keys(services).length > 0
  return isUsed ? { expands: services } : {}
}

/** An action that can fail is told where that leads; the others lead where the state falls back to. */
function actionsOf({ id, actions, fallback }: State, exitTo: (target: string) => string): NodeSpec | undefined {
  if (actions.length === 0) return undefined
  const names = new Set<string>()
  const children = actions.map(({ node, failing }) => {
    const spec = node(failing?.to === undefined ? undefined : exitTo(failing.to))
    return { ...spec, name: unique(spec.name ?? spec.op, names) }
  })
  const sequence: NodeSpec = { op: 'sequence', name: 'on_enter', children }
  if (!actions.some(({ failing }) => failing)) return sequence
  // To fall back to where it stands is to wait: it would fail again.
  const way = fallback === undefined || fallback === id ? {} : { exit: exitTo(fallback) }
  return { op: 'selector', name: 'guarded', children: [sequence, leaf('recover', { step: id, ...way }, 'recover')] }
}

/** One exit for each target, named after it. */
function exitsOf(): { to: (target: string) => string; targets: () => Record<string, Target> } {
  const taken = exitNames()
  const names = new Map<string, string>()
  return {
    to(target) {
      const name = names.get(target) ?? unique(target.replace('$', ''), taken)
      names.set(target, name)
      return name
    },
    targets: () => Object.fromEntries([...names].map(([target, name]) => [name, target])),
  }
}
