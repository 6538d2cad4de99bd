import { checkTable, type Table } from '@copse/decisions'
import type { LeafConfig } from '@copse/contracts'
import type { Domain, Field, Mask } from '../domain/domain.ts'
import { reads, type Walker } from '../walk/room.ts'
import { leave, told } from '../walk/walk.ts'
import { given, writtenByTool } from '../walk/writes.ts'

type Config = LeafConfig<'table'>

/**
 * Each rule is a way, with what it decides where that is a constant. Which of them can match is the table's own affair:
 * `checkTable` looks at that, and the compiler tells gaps and overlaps at their lines.
 */
export const table: Walker<'table'> = (config, walk, room) => {
  const { domain } = room.program
  const { rules, outputs, hitPolicy } = config.table as unknown as Table
  for (const field of Object.values(config.inputs)) reads(field, walk, room)
  const isList = ['collect', 'rule order', 'output order'].includes(hitPolicy)
  const ways = rules.map(({ yields }, rule) => {
    const decided = told(walk, `rule ${rule + 1} of the table matches`)
    const written = fieldsOf(config).reduce((at, { field, column }) => {
      const value = column === undefined || isList ? undefined : constantIn(yields[column])
      return value === undefined
        ? writtenByTool(domain, at, field)
        : given(domain, at, field, (one) => masked(domain, one, value))
    }, decided)
    return leave(written, 'success')
  })
  const other = outputs.some((output) => output.default !== undefined)
    ? [
        leave(
          fieldsOf(config).reduce((at, { field }) => writtenByTool(domain, at, field), walk),
          'success',
        ),
      ]
    : []
  const none =
    isComplete(config) || isList ? [] : [leave(told(walk, 'no rule of the table matches'), 'failure', 'none')]
  return [...ways, ...other, ...none, leave(told(walk, 'the table cannot decide'), 'failure')]
}

/** What it writes, and the column that it comes from; all of it has none. */
function fieldsOf({ outputs, resultKey, scope = '' }: Config): { field: string; column: number | undefined }[] {
  if (resultKey !== undefined) return [{ field: resultKey, column: undefined }]
  return outputs.map((name, column) => ({ field: `${scope}${name}`, column }))
}

/** The value of a cell that is a text or number and nothing else. */
function constantIn(cell: string | undefined): string | undefined {
  const text = cell?.trim() ?? ''
  if (/^-?\d+(\.\d+)?$/.test(text)) return text
  return /^"([^"\\]*)"$/.exec(text)?.[1]
}

function masked(domain: Domain, field: Field, value: string): Mask {
  const cell = domain.cellOf(field, value) & field.byTool
  return cell === 0n ? field.byTool : cell
}

const complete = new WeakMap<Config, boolean>()

/** Some rule matches whatever comes. */
function isComplete(config: Config): boolean {
  const known = complete.get(config)
  if (known !== undefined) return known
  const { exhaustive, findings } = checkTable(config.table as unknown as Table)
  const answer = exhaustive && !findings.some(({ code }) => code === 'gap')
  complete.set(config, answer)
  return answer
}
