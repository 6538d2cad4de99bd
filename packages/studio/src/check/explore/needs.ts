import { isLeaf, isOf, leavesIn } from '../leaf.ts'
import { completeness, filledIn, placeholdersIn, textsOf, untilOf } from '../leaf-data.ts'
import type { Program, Stage } from '../program.ts'
import { questionsOf } from '../domain/condition-fields.ts'
import { missing, type Data, type Mask } from '../domain/domain.ts'
import type { NodeSpec } from '@copse/engine'
import type { Arrival } from './state.ts'

/** What stages that can still come look at. All else is forgotten, so that states which only differ there are one. */
export interface Needs {
  /** Data as far as it matters from this stage on. `before` was so at the stage that led here. */
  relevant(stage: string, data: Data, before?: { stage: string; data: Data }): Data
  /** Of how it came here, what matters at this stage or after. */
  trimmed(state: Arrival): Arrival
  /** The stage looks at how it was entered. */
  looksAtEntry(stage: string): boolean
}

interface Own {
  /** Questions to fields, by index of the field. */
  questions: Map<number, Set<string>>
  looksAtEntry: boolean
  goesBack: boolean
  /** Stages of which it matters that it is come to from them. */
  askers: ReadonlySet<string>
  pauses: boolean
  collects: boolean
  /** Writes, as they are remembered. */
  writes: string[]
}

export function createNeeds(program: Program): Needs {
  const { stages, domain } = program
  const own = new Map([...stages].map(([id, stage]) => [id, ownNeeds(stage, program)]))
  const ways = waysOn(stages)
  const ahead = new Map([...stages.keys()].map((id) => [id, reachable(id, ways)]))
  const partitionsFor = createPartitions(own, program)
  const partitions = new Map([...stages.keys()].map((id) => [id, partitionsFor(ahead.get(id)!)]))
  const isAhead = (stage: string, test: (needs: Own) => boolean): boolean =>
    [...ahead.get(stage)!].some((other) => test(own.get(other)!))
  const pausesAhead = new Set([...stages.keys()].filter((id) => isAhead(id, ({ pauses }) => pauses)))
  const readersAhead = new Map(
    [...stages.keys()].map((id) => [id, new Set([...ahead.get(id)!].filter((other) => own.get(other)!.collects))]),
  )
  const writesAhead = new Map(
    [...stages.keys()].map((id) => [id, new Set([...ahead.get(id)!].flatMap((other) => own.get(other)!.writes))]),
  )

  return {
    looksAtEntry: (stage) => own.get(stage)?.looksAtEntry ?? false,
    relevant(stage, data, before) {
      const groups = partitions.get(stage)!
      const known = before && partitions.get(before.stage)!
      return data.map((mask, index) => {
        const parts = groups[index]
        if (parts === undefined) return domain.fields[index]!.all
        if (known?.[index] === parts && before?.data[index] === mask) return mask
        return parts.reduce((sum, part) => ((part & mask) === 0n ? sum : sum | part), 0n)
      })
    },
    trimmed(state) {
      const { stage, from, by, read, chosen, done } = state
      const needs = own.get(stage)!
      const readers = readersAhead.get(stage)!
      return {
        ...state,
        from: needs.goesBack || (from !== undefined && needs.askers.has(from)) ? from : undefined,
        by: needs.looksAtEntry ? by : undefined,
        // Who has read the message matters only to those who may come to read it again.
        read:
          readers.size === 0
            ? new Set<string>()
            : read && new Set([...read].filter((leaf) => readers.has(leaf.split('/', 1)[0]!))),
        chosen: chosen && pausesAhead.has(stage),
        done: new Map([...done].filter(([key]) => writesAhead.get(stage)!.has(key))),
      }
    },
  }
}

function ownNeeds({ id, node, exits }: Stage, program: Program): Own {
  const { domain, resolve, condition, operations } = program
  const questions: Own['questions'] = new Map()
  const need = (path: string, question: string): void => {
    const field = domain.field(resolve(path))
    if (field) questions.set(field.index, (questions.get(field.index) ?? new Set()).add(question))
  }
  const askedBy = (json: unknown): void => {
    for (const question of questionsOf(condition(json))) need(question.field, JSON.stringify(question))
  }
  const all = leavesIn(id, node)
  for (const one of branchesIn(node)) askedBy(one)
  for (const leaf of all) {
    for (const text of textsOf(leaf)) for (const name of placeholdersIn(text)) need(name, '')
    for (const name of untilOf(leaf)) need(name, '')
    // What is read of the message that is waited for is of that message, not of what was known before.
    for (const name of filledIn(leaf)) if (!isOf(leaf, 'listen') || !isOfMessage(name)) need(name, '')
    if (isOf(leaf, 'listen')) {
      for (const { when, always } of leaf.config.transitions) {
        if (when === undefined) continue
        for (const question of questionsOf(condition(when)))
          if (always || !isOfMessage(question.field)) need(question.field, JSON.stringify(question))
      }
    }
    if (isOf(leaf, 'decide')) for (const { when } of leaf.config.branches) askedBy(when)
    if (isOf(leaf, 'collect')) {
      const complete = completeness(leaf.config)
      if (complete !== undefined) askedBy(complete)
    }
    if (isOf(leaf, 'call')) {
      for (const { source } of leaf.config.arguments) if (source !== undefined) need(source, '')
      if (leaf.config.successWhen !== undefined) askedBy(leaf.config.successWhen)
      if (operations[leaf.config.operation]?.customer !== undefined) need('customer_id', '')
    }
  }
  return {
    questions,
    looksAtEntry: all.some(({ op }) => ['confirm', 'missing', 'recover', 'pass'].includes(op)),
    goesBack: Object.values(exits).some(({ to }) => to === '$back'),
    askers: new Set(
      all.flatMap((one) => (isOf(one, 'missing') ? (one.config.askedBy ?? []).map(({ step }) => step) : [])),
    ),
    pauses: all.some(({ op }) => op === 'pause'),
    collects: all.some(({ op }) => op === 'collect'),
    writes: all.flatMap((leaf) =>
      isOf(leaf, 'call') ? [JSON.stringify([leaf.config.operation, leaf.config.arguments])] : [],
    ),
  }
}

const isOfMessage = (name: string): boolean => name.startsWith('message.')

const branchesIn = (node: NodeSpec): unknown[] =>
  isLeaf(node)
    ? []
    : [
        ...(node.op === 'if' ? (node.config as { branches: unknown[] }).branches : []),
        ...(node.children ?? []).flatMap(branchesIn),
      ]

/** Stages that can be entered from here, this one included. */
function reachable(from: string, ways: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || !ways.has(id)) continue
    seen.add(id)
    open.push(...ways.get(id)!)
  }
  return seen
}

/**
 * By stage, where it leads, also later: a task looks at what was known when it was scheduled. Going back leads to where one came from, and what only takes something back leads to where
 * that is done again.
 */
function waysOn(stages: Program['stages']): Map<string, string[]> {
  const ways = new Map(
    [...stages].map(([id, { exits, node }]) => [
      id,
      [...Object.values(exits).map(({ to }) => to), ...tasksOf(id, node)],
    ]),
  )
  const goingBack = new Set([...ways].filter(([, all]) => all.includes('$back')).map(([id]) => id))
  for (const { id, exits } of stages.values())
    for (const [exit, { to }] of Object.entries(exits))
      if (goingBack.has(to) || exit.startsWith('undo:')) ways.get(to)?.push(id)
  return ways
}

const tasksOf = (id: string, node: NodeSpec): string[] =>
  leavesIn(id, node).flatMap((leaf) => (isOf(leaf, 'schedule_task') ? [`$task:${leaf.config.task}`] : []))

type Partition = readonly Mask[]

/** For each field that is looked at, the sets of cells that nobody ahead tells apart; missing stands alone. */
function createPartitions(own: ReadonlyMap<string, Own>, { domain }: Program) {
  // Stages that ask the same share the same list, so that what is the same is seen at once.
  const known = new Map<string, Partition>()
  const partition = (index: number, questions: ReadonlySet<string>): Partition => {
    const key = `${index} ${[...questions].sort().join()}`
    const parts = known.get(key) ?? split(domain, index, questions)
    known.set(key, parts)
    return parts
  }
  return (ahead: ReadonlySet<string>): (Partition | undefined)[] => {
    const asked = new Map<number, Set<string>>()
    for (const id of ahead) {
      for (const [index, questions] of own.get(id)!.questions) {
        const all = asked.get(index) ?? new Set()
        for (const question of questions) all.add(question)
        asked.set(index, all)
      }
    }
    return domain.fields.map(({ index }) => {
      const questions = asked.get(index)
      return questions && partition(index, questions)
    })
  }
}

function split(domain: Program['domain'], index: number, questions: ReadonlySet<string>): Partition {
  const field = domain.fields[index]!
  let parts = [missing, field.byCustomer, field.byTool].filter((part) => part !== 0n)
  for (const question of questions) {
    const answers = question === '' ? undefined : domain.answers(JSON.parse(question))
    if (!answers) continue
    const { yes, no } = answers
    parts = parts.flatMap((part) => [part & yes, part & no, part & ~(yes | no)].filter((cells) => cells !== 0n))
  }
  return parts
}
