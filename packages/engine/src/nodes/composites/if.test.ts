import { expect, test } from 'vitest'
import { ask, build, entered, input, node, ok, play, specOf, turn } from '../../testing/play.ts'
import { advance } from '../../run/advance.ts'

const small = { field: 'size', is: 'small' }
const large = { field: 'size', is: 'large' }
const choice = node('if', { branches: [small, large] }, ok('a'), ok('b'), ok('other'))

test('if enters the first branch whose condition is true', async () => {
  expect(entered(await play(choice, { cells: { size: 'small' } }))).toEqual(['t', 'a'])
  expect(entered(await play(choice, { cells: { size: 'large' } }))).toEqual(['t', 'b'])
})

test('if takes the else child when no condition is true; unknown is not true', async () => {
  expect(entered(await play(choice, { cells: { size: 'huge' } }))).toEqual(['t', 'other'])
  expect(entered(await play(choice))).toEqual(['t', 'other'])
})

test('if fails with no_branch when nothing is true and there is no else', async () => {
  const played = await play(node('if', { branches: [small] }, ok('a')))
  expect(played).toMatchObject({ status: 'failure', failure: { code: 'no_branch' } })
})

test('if records the branch it took and why, with each condition it looked at', async () => {
  const { trace } = await play(choice, { cells: { size: 'large' } })
  expect(trace.find((event) => event.kind === 'decision')).toMatchObject({
    node: 't',
    about: 'branch',
    chosen: 'b',
    why: [
      { condition: 'size is "small"', value: false, because: { size: 'large' } },
      { condition: 'size is "large"', value: true, because: { size: 'large' } },
    ],
  })
})

test('if keeps its branch while it runs, even when the condition has changed meanwhile', async () => {
  const tree = build(specOf(node('if', { branches: [small, large] }, ask('a'), ok('b'))))
  const { snapshot } = await advance(tree, { cells: { size: { value: 'small', by: 'tool' } } }, turn())
  snapshot.scopes['']['size'] = { value: 'large', by: 'tool' }
  const trace: string[] = []
  const subscribe = ({ kind, node }: { kind: string; node: string }) => void trace.push(`${kind} ${node}`)
  const rest = await advance(tree, { snapshot, event: input('x') }, turn({ subscribe }))
  expect(rest.status).toBe('success')
  expect(trace).toEqual(['resume t/a', 'settle t/a', 'settle t'])
})

test('if refuses a number of children that does not fit its branches', () => {
  expect(() => build(specOf(node('if', { branches: [small, large] }, ok('a'))))).toThrow(/2 branches need as many/)
  expect(() => build(specOf(node('if', { branches: [small] }, ok('a'), ok('b'), ok('c'))))).toThrow(/not 3/)
})
