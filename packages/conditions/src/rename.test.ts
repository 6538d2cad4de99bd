import { expect, test } from 'vitest'
import { parse, print, rename } from './index.ts'

const renamed = (text: string): string => {
  const read = parse(text)
  if (!read.ok) throw new Error(text)
  return print(rename(read.condition, (field) => `its_${field}`))
}

test('a condition can be asked of other fields, also where one field is compared with another', () => {
  expect(renamed('amount > limit.daily and not (status in [a, b] or seen exists)')).toBe(
    'its_amount > its_limit.daily AND NOT (its_status in [a, b] OR its_seen exists)',
  )
})
