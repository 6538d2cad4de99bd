import type { Aggregation, ColumnType, HitPolicyName } from '../table/table.ts'

/** What an author may write for a type. */
export const typeWords: Record<string, ColumnType> = {
  any: 'any',
  text: 'string',
  string: 'string',
  number: 'number',
  'yes/no': 'boolean',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  duration: 'days and time duration',
  'days and time duration': 'days and time duration',
  months: 'years and months duration',
  'years and months duration': 'years and months duration',
}

type Policy = { hitPolicy: HitPolicyName; aggregation?: Aggregation }

/** In words, or as tables are marked in their corner. */
export const policyWords: Record<string, Policy> = Object.fromEntries(
  (
    [
      ['unique', 'U', { hitPolicy: 'unique' }],
      ['any', 'A', { hitPolicy: 'any' }],
      ['priority', 'P', { hitPolicy: 'priority' }],
      ['first', 'F', { hitPolicy: 'first' }],
      ['rule order', 'R', { hitPolicy: 'rule order' }],
      ['output order', 'O', { hitPolicy: 'output order' }],
      ['collect', 'C', { hitPolicy: 'collect' }],
      ['collect sum', 'C+', { hitPolicy: 'collect', aggregation: 'sum' }],
      ['collect min', 'C<', { hitPolicy: 'collect', aggregation: 'min' }],
      ['collect max', 'C>', { hitPolicy: 'collect', aggregation: 'max' }],
      ['collect count', 'C#', { hitPolicy: 'collect', aggregation: 'count' }],
    ] as [string, string, Policy][]
  ).flatMap(([word, mark, policy]) => [
    [word, policy],
    [mark, policy],
  ]),
)
