import type { Data } from '../domain/domain.ts'
import { missing } from '../domain/domain.ts'
import { identityFields } from '../leaf-data.ts'
import { isOf, leavesIn } from '../leaf.ts'
import type { Program, Stage, Target } from '../program.ts'
import type { Notes } from '../walk/room.ts'
import { merged, walkNode } from '../walk/walk-node.ts'
import { staysExit } from '../leaves/listen.ts'
import { startOf, told, waited, type Walk } from '../walk/walk.ts'
import { createNeeds, type Needs } from './needs.ts'
import { keyOf, taskExit, type Arrival, type Edge, type State } from './state.ts'

export interface Bounds {
  states: number
  /** Asked now and then; true ends the exploration. */
  isOver: () => boolean
}
export interface Explored {
  states: readonly State[]
  /** Some states were not gone into. */
  isCut: boolean
}

/** Every state that a conversation can reach, those reached soonest first. */
export function explore(program: Program, notesAt: (state: State) => Notes, bounds: Bounds): Explored {
  const needs = createNeeds(program)
  const states: State[] = []
  const known = new Map<string, State>()
  const reach = (arrival: Arrival, parent: State['parent']): State => {
    const key = keyOf(arrival)
    const found = known.get(key)
    if (found) return found
    const state: State = { ...arrival, parent, edges: [] }
    known.set(key, state)
    states.push(state)
    return state
  }

  const first = beginning(program)
  reach(needs.trimmed({ ...first, data: needs.relevant(first.stage, first.data) }), undefined)
  for (const { edge, next } of standing(program, needs)) {
    if (next) edge.state = reach(next, { state: states[0]!, edge })
  }
  let isCut = false
  // States join the list while it is gone through: first come, first gone into.
  for (const state of states) {
    if (states.length > bounds.states || bounds.isOver()) {
      isCut = true
      break
    }
    for (const { edge, next } of ways(program, needs, state, notesAt(state))) {
      const target = next && reach(next, { state, edge })
      state.edges.push(Object.assign(edge, { state: target }))
    }
  }
  return { states, isCut }
}

/** Nothing is known but the case, and perhaps who the customer is. */
function beginning(program: Program): Arrival {
  const maybe = new Set(['customer_id', ...identityFields(program.operations)])
  const data: Data = program.domain.fields.map(({ path, all }) => {
    const [root = path] = path.split('.', 1)
    // The first words may be a tap, so that only who writes them is sure.
    if (root === 'case_id' || root === 'today' || path.startsWith('message.contact_')) return all & ~missing
    // What is remembered may be anything, or nothing.
    if (root === 'message' || root === 'memory') return all
    return maybe.has(root) || root === 'connector' ? all : missing
  })
  return {
    stage: program.initial,
    from: undefined,
    by: undefined,
    returns: [],
    data,
    read: new Set(),
    chosen: false,
    done: new Map(),
  }
}

interface Way {
  edge: Edge
  next: Arrival | undefined
}

function ways(program: Program, needs: Needs, state: Arrival, notes: Notes): Way[] {
  const stage = program.stages.get(state.stage)!
  const room = {
    program,
    stage: stage.id,
    leaf: stage.id,
    from: state.from,
    by: state.by,
    looks: (exit: string) => needs.looksAtEntry(stage.exits[exit]?.to ?? ''),
    isLast: true,
    notes,
    later: (task: string, walk: Walk) => void tasks.push(run(task, walk, stage, program, needs)),
  }
  const tasks: Way[] = []
  const walks = merged(walkNode(stage.node, startOf(state), room, Object.keys(stage.exits)))
  const onwards = walks.map((walk) => onward(walk, stage, state, program, needs))
  return [...onwards, ...walks.flatMap((walk) => takenBack(walk, stage, needs)), ...tasks]
}

/** Tasks that recur whoever is a customer: they know of nobody. */
function standing(program: Program, needs: Needs): Way[] {
  const stage = program.stages.get('$standing')
  const first = beginning(program)
  const customer = program.domain.field('customer_id')?.index
  const data = first.data.map((mask, index) => (index === customer ? missing : mask))
  return (stage ? leavesIn(stage.id, stage.node) : []).flatMap((leaf) =>
    stage && isOf(leaf, 'schedule_task')
      ? [run(leaf.config.task, startOf({ ...first, data }), stage, program, needs)]
      : [],
  )
}

/** A task that was scheduled runs in its own time: nothing of the conversation is left but what it takes along. */
function run(task: string, walk: Walk, { id }: Stage, program: Program, needs: Needs): Way {
  const to = `$task:${task}`
  const later = told(waited(walk, undefined, 0), `later, "${task}" runs`)
  const edge: Edge = {
    state: undefined,
    to,
    exit: taskExit,
    story: later.story,
    segments: later.segments,
    unseen: false,
  }
  if (!program.stages.has(to)) return { edge, next: undefined }
  const at = { stage: to, from: id, by: undefined, returns: [], read: new Set<string>(), chosen: false }
  return { edge, next: needs.trimmed({ ...at, data: needs.relevant(to, walk.data), done: new Map() }) }
}

/** The customer corrects what something was just done with: it is taken back, and done again. */
function takenBack(walk: Walk, { id, exits }: Stage, needs: Needs): Way[] {
  if (walk.left?.status !== 'success') return []
  const steps = Object.entries(exits).filter(([exit]) => exit.startsWith('undo:'))
  return steps.map(([exit, { to }]) => {
    const { story, segments, data } = told(waited(walk, undefined, 0), 'customer corrects what that was done with')
    const edge: Edge = { state: undefined, to, exit, story, segments, unseen: false }
    const at = { stage: to, from: id, by: undefined, returns: [id], read: undefined, chosen: false }
    return { edge, next: needs.trimmed({ ...at, data: needs.relevant(to, data), done: new Map() }) }
  })
}

/** As the engine's `stages` goes on: see there. */
function onward(walk: Walk, stage: Stage, state: Arrival, program: Program, needs: Needs): Way {
  const { status, by, unseen = false } = walk.left!
  const exit = walk.left!.exit ?? status
  const goesBack = state.returns.length > 0 && exit === 'success'
  const target: Target | undefined = goesBack
    ? { to: state.returns.at(-1)!, returns: false }
    : targetOf(stage, exit, status)
  const to = target?.to === '$back' ? (state.from ?? '') : (target?.to ?? '')
  const edge: Edge = { state: undefined, to, exit, story: walk.story, segments: walk.segments, unseen }
  if (exit === staysExit) return { edge: { ...edge, to: stage.id }, next: state }
  // What Copse adds to every procedure is an ending, not a part of it.
  if (to.startsWith('$') || !program.stages.has(to)) return { edge, next: undefined }
  const returns = target?.returns ? withReturn(state.returns, stage.id) : goesBack ? state.returns.slice(0, -1) : []
  const { read, chosen, done } = walk
  const data = needs.relevant(to, walk.data, state)
  return { edge, next: needs.trimmed({ stage: to, from: stage.id, by, returns, data, read, chosen, done }) }
}

function targetOf({ exits }: Stage, exit: string, status: 'success' | 'failure'): Target | undefined {
  if (exit === 'success' || exit === 'failure') return exits[exit]
  return exits[exit] ?? exits[status]
}

function withReturn(returns: readonly string[], from: string): string[] {
  const at = returns.indexOf(from)
  return at < 0 ? [...returns, from] : returns.slice(0, at + 1)
}
