import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const room = fileURLToPath(new URL('..', import.meta.url))
const blocks = [...readFileSync(`${room}README.md`, 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
  ([, language, text]) => ({ language, text: text! }),
)
/** The blocks tell one story: later ones use what earlier ones made. */
const program = blocks.flatMap(({ language, text }) => (language === 'ts' ? [text] : [])).join('\n')

it('every block of the README runs, and prints what stands beside or below it', () => {
  const promised = blocks.flatMap(({ language, text }) =>
    language === 'text' ? text.trimEnd().split('\n') : [...text.matchAll(/\/\/ → (.*)/g)].map((match) => match[1]!),
  )
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: room,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(stdout.trimEnd().split('\n')).toEqual(promised)
})

it('every block of the README has the types that it seems to have', () => {
  const file = `${room}src/readme.ts`
  const { config } = ts.readConfigFile(`${room}../../tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object }
  }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, `${room}../..`)
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => path === file || disk.fileExists(path),
    getSourceFile: (path, version) =>
      path === file ? ts.createSourceFile(path, program, version) : disk.getSourceFile(path, version),
  }
  const checked = ts.createProgram([file], options, host)
  const faults = ts
    .getPreEmitDiagnostics(checked, checked.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  expect(faults).toEqual([])
  // A whole compiler at work: on a busy machine it takes its time.
}, 60_000)

it('no block of the README is of a language that no test reads', () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['ts', 'text']))
})
