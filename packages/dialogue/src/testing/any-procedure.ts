import * as fc from 'fast-check'

/** Parts of a procedure; `of` picks one of what is known where it stands. */
export type Block =
  | { kind: 'collect' }
  | { kind: 'look'; of: number }
  | { kind: 'find'; of: number }
  | { kind: 'act'; of: number; isUndone: boolean }
  | { kind: 'tell'; of: number }
  | { kind: 'leave'; of: number }
  | { kind: 'choice'; of: number | null; ways: [Block[], Block[]] }
  | { kind: 'branch'; of: number; ways: [Block[], Block[]] }

const of = fc.nat(20)
const simple: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('find' as const), of }),
  fc.record({ kind: fc.constant('look' as const), of }),
  fc.record({ kind: fc.constant('act' as const), of, isUndone: fc.boolean() }),
  fc.record({ kind: fc.constant('tell' as const), of }),
  fc.record({ kind: fc.constant('leave' as const), of }),
)
const ways = fc.tuple(fc.array(simple, { maxLength: 2 }), fc.array(simple, { maxLength: 2 }))
export const block: fc.Arbitrary<Block> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Block>({ kind: 'collect' }) },
  { weight: 3, arbitrary: simple },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('choice' as const), of: fc.option(of), ways }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('branch' as const), of, ways }) },
)

const letters = ['AAA', 'BBB', 'CCC', 'DDD']

/** As its author would write it: every part leads to the next, and parts of one way can use what was found on it. */
export function written(blocks: readonly Block[]): string {
  const steps: string[] = []
  let count = 0
  let fields = 0
  const lay = (list: readonly Block[], known: string[], end: string): string => {
    const ids = list.map(({ kind }) => `${kind}_${(count += 1)}`)
    list.forEach((one, at) => {
      const next = ids[at + 1] ?? end
      if (one.kind === 'collect' && fields >= letters.length) steps.push(silent(ids[at]!, next))
      else layOne(one, ids[at]!, next, known)
    })
    return ids[0] ?? end
  }
  /** What both ways find out is known after them. */
  const layWays = (ways: [Block[], Block[]], known: string[], next: string): [string, string] => {
    const [left, right] = [[...known], [...known]]
    const starts: [string, string] = [lay(ways[0], left, next), lay(ways[1], right, next)]
    if (!known.includes('found.v') && left.includes('found.v') && right.includes('found.v')) known.push('found.v')
    return starts
  }
  const layOne = (one: Block, id: string, next: string, known: string[]): void => {
    const used = 'of' in one && one.of !== null ? known[one.of % Math.max(1, known.length)] : undefined
    if (one.kind === 'collect') {
      const name = letters[fields++]!
      steps.push(
        `    - {id: ${id}, action: collect_info, say: {en: Which ${name}?}, extract_fields: [{key: ${name}, title: ${name}, description: ${name}, examples: [${name}-1]}], required_fields: [${name}], next_step: ${next}}`,
      )
      known.push(name)
    } else if (one.kind === 'look' && used) {
      steps.push(
        `    - {id: ${id}, action: tool_call, tools: [{name: look, arg_mappings: [{param: x, source: ${used}}], result_key: r_${id}}], on_success: ${next}}`,
      )
      known.push(`r_${id}.v`)
    } else if (one.kind === 'find' && used) {
      // Whichever comes finds out the same field.
      steps.push(
        `    - {id: ${id}, action: tool_call, tools: [{name: look, arg_mappings: [{param: x, source: ${used}}], result_key: found}], on_success: ${next}}`,
      )
      if (!known.includes('found.v')) known.push('found.v')
    } else if (one.kind === 'act' && used) {
      const undo = one.isUndone ? `, compensate: undo_${id}` : ''
      steps.push(
        `    - {id: ${id}, action: tool_call, tools: [{name: act, arg_mappings: [{param: x, source: ${used}}], fixed_args: {tag: ${id}}, result_key: d_${id}}], on_success: ${next}${undo}}`,
      )
      if (one.isUndone)
        steps.push(
          `    - {id: undo_${id}, action: tool_call, tools: [{name: undo, arg_mappings: [{param: number, source: d_${id}.number}]}]}`,
        )
      known.push(`d_${id}.v`)
    } else if (one.kind === 'leave' && used) {
      steps.push(
        `    - {id: ${id}, action: evaluate, conditions: [{condition: "${used} contains '11'", next_step: handoff}], else: ${next}}`,
      )
    } else if (one.kind === 'branch' && used) {
      const [left, right] = layWays(one.ways, known, next)
      steps.push(
        `    - {id: ${id}, action: evaluate, conditions: [{condition: "${used} contains '1'", next_step: ${left}}], else: ${right}}`,
      )
    } else if (one.kind === 'choice') {
      const [left, right] = layWays(one.ways, known, next)
      const say = used === undefined ? `${id}?` : `${id} of {{${used}}}?`
      steps.push(
        `    - {id: ${id}, action: inform, say: {en: "${say}"}, options: [{id: left, label: Left, next_step: ${left}}, {id: right, label: Right, next_step: ${right}}]}`,
      )
    } else steps.push(silent(id, next))
  }
  const start = lay([{ kind: 'collect' }, ...blocks, { kind: 'choice', of: null, ways: [[], []] }], [], 'bye')
  const order = [...steps].sort((a, b) => Number(b.includes(`id: ${start},`)) - Number(a.includes(`id: ${start},`)))
  return `copse: 1\nprocedure:\n  id: any\n  triggers: [begin]\n  steps:\n${order.join('\n')}\n    - {id: bye, action: end, say: {en: Bye.}}\n`
}

const silent = (id: string, next: string): string =>
  `    - {id: ${id}, action: inform, say: {en: So.}, next_step: ${next}}`
