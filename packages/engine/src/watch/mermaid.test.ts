import { describe as group, expect, it } from 'vitest'
import { advance } from '../run/advance.ts'
import { ask, build, called, no, node, ok, specOf, turn } from '../testing/play.ts'
import { liveView } from './live-view.ts'
import { mermaid } from './mermaid.ts'

const tree = build(
  specOf(
    node(
      'selector',
      undefined,
      no('closed'),
      node('invert', undefined, { ...ok('greet'), title: 'Say "hello" <b>&</b> #1' }),
      called('scanned', node('wait', { kind: 'job', key: 'scan' })),
    ),
  ),
)

group('a tree as a Mermaid flowchart', () => {
  it('shows nodes by their kind, with names, ops and titles, text of authors escaped', () => {
    expect(mermaid(tree).split('\n')).toEqual([
      'flowchart TD',
      '  n0["t<br/>selector"]',
      '  n1("closed<br/>fail")',
      '  n2{{"invert"}}',
      '  n3("scanned<br/>wait")',
      '  n4("Say #34;hello#34; #60;b#62;#38;#60;/b#62; #35;1<br/>succeed")',
      '  n0 --> n1',
      '  n0 --> n2',
      '  n0 --> n3',
      '  n2 --> n4',
    ])
  })

  it('is coloured by a live view, and names waits and failures', async () => {
    const view = liveView(tree)
    await advance(tree, {}, turn({ subscribe: view.subscribe }))
    const lines = mermaid(tree, view).split('\n')
    expect(lines).toContain('  n0["t<br/>selector"]:::running')
    expect(lines).toContain('  n1("closed<br/>fail<br/>closed"):::failure')
    expect(lines).toContain('  n3("scanned<br/>wait<br/>waits for job scan"):::running')
    expect(lines.filter((line) => line.includes('classDef'))).toHaveLength(4)
  })

  it('is coloured by a snapshot, which knows only what runs', async () => {
    const { snapshot } = await advance(tree, {}, turn())
    const lines = mermaid(tree, snapshot).split('\n')
    expect(lines).toContain('  n1("closed<br/>fail")')
    expect(lines).toContain('  n3("scanned<br/>wait<br/>waits for job scan"):::running')
  })

  it('shows the ways between stages', () => {
    const exits = {
      a: { success: 'b', 'too late': { to: 'a', return: true } },
      b: { success: 'end', failure: '$back' },
    }
    const machine = build(specOf(node('stages', { initial: 'a', exits }, ok('a'), ok('b'))))
    expect(
      mermaid(machine)
        .split('\n')
        .filter((line) => line.includes('-.')),
    ).toEqual(['  n1 -. "success" .-> n2', '  n1 -. "too late" .-> n1'])
  })

  it('refuses a snapshot of another tree', async () => {
    const { snapshot } = await advance(build(specOf(ask('t'))), {}, turn())
    expect(() => mermaid(tree, snapshot)).toThrow('cannot be continued')
  })
})
