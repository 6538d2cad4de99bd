import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const file = (name: string): string => `${import.meta.dirname}/${name}.ts`
const outputOf = (name: string): string => execFileSync(process.execPath, [file(name)], { encoding: 'utf8' })

describe('the examples', () => {
  it('decide by the tree and say why', () => {
    expect(outputOf('plain-tree')).toBe(
      [
        'An order of 20: pay at once',
        'refund (selector): success',
        '  at once (sequence): success',
        '    is small and recent (assert): success',
        '    pay (write): success',
        '  hand over (write)\n',
        'An order of 900: a person decides',
        'refund (selector): success',
        '  at once (sequence): failure condition_false',
        '    is small and recent (assert): failure condition_false',
        '    pay (write)',
        '  hand over (write): success\n\n',
      ].join('\n'),
    )
  })

  it('go on in a second process where the first one stopped', () => {
    expect(outputOf('pause-and-resume').split('\n')).toEqual([
      'The first process stops here:',
      'complaint (sequence): running',
      '  open (write)',
      '  what happened (wait): waits for input',
      'The second process goes on: success, "The cup arrived broken."',
      '',
    ])
  })

  it('take the answers of jobs in any order, and none that nobody waits for', () => {
    expect(outputOf('parallel-jobs').split('\n')).toEqual([
      '3 jobs are out',
      'quote east is done: running',
      'quote east is done: nobody waits for it',
      'quote north is done: success',
      'quotes (sequence): success',
      '  two of three (parallel)',
      '    north (job)',
      '    south (job)',
      '    east (job)',
      '  choose (write)',
      '',
    ])
  })

  it.each(['plain-tree', 'pause-and-resume', 'parallel-jobs'])('are short: %s', (name) => {
    expect(readFileSync(file(name), 'utf8').split('\n').length).toBeLessThan(40)
  })
})
