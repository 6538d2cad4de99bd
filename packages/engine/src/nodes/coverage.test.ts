import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { nodes } from './all.ts'

const at = (name: string): URL => new URL(name, import.meta.url)
const sources = globSync('{composites,decorators,leaves}/*.ts', { cwd: import.meta.dirname })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => ({ file, source: readFileSync(at(file), 'utf8') }))

/** The tests beside the node, if they name it. */
function testsOf(op: string): string | undefined {
  const own = sources.filter(({ source }) => source.includes(`op: '${op}'`))
  expect(own).toHaveLength(1)
  const tests = at(own[0]!.file.replace(/\.ts$/, '.test.ts'))
  return existsSync(tests) && readFileSync(tests, 'utf8').includes(`'${op}'`) ? tests.pathname : undefined
}

it('every node has its tests beside it, which name it', () => {
  const without = nodes.map(({ op }) => op).filter((op) => testsOf(op) === undefined)
  expect(without).toEqual([])
})
