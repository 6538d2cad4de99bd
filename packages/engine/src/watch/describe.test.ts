import { expect, test } from 'vitest'
import { ask, build, called, node, no, ok, specOf, turn } from '../testing/play.ts'
import { advance } from '../run/advance.ts'
import { describe } from './describe.ts'

const tree = build(
  specOf(
    node(
      'sequence',
      undefined,
      { ...ok('greet'), title: 'Say hello' },
      called('check', node('selector', undefined, no('known'), ask('number'))),
      node('invert', undefined, node('wait', { kind: 'job', key: 'scan' })),
    ),
    { id: 'refund' },
  ),
)

test('a tree reads as indented text', () => {
  expect(describe(tree)).toBe(
    [
      'refund (sequence)',
      '  greet (succeed) "Say hello"',
      '  check (selector)',
      '    known (fail)',
      '    number (wait)',
      '  invert',
      '    wait',
    ].join('\n'),
  )
})

test('with a snapshot it shows where the session stands', async () => {
  const { snapshot } = await advance(tree, {}, turn())
  expect(describe(tree, snapshot).split('\n')).toEqual([
    'refund (sequence): running',
    '  greet (succeed) "Say hello"',
    '  check (selector): running',
    '    known (fail)',
    '    number (wait): waits for input',
    '  invert',
    '    wait',
  ])
  const next = await advance(tree, { snapshot, event: { kind: 'input', data: 'x' } }, turn())
  expect(describe(tree, next.snapshot)).toContain('    wait: waits for job scan')
})

test('a snapshot of another tree is refused', async () => {
  const { snapshot } = await advance(build(specOf(ask('t'))), {}, turn())
  expect(() => describe(tree, snapshot)).toThrow('cannot be continued')
})
