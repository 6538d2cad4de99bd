import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Fault } from '@copse/contracts'

const bytes = 32
const tokenFile = 'operator-token'
const wholeToken = /^copse_operator_[\w-]{43}$/

/** Kept beside the conversations that it protects, so that what was signed holds over restarts. */
export async function keptKey(dataPath: string, name: 'visitor' | 'link'): Promise<Uint8Array> {
  const file = path.join(dataPath, `${name}.key`)
  const key = await readOrMake(file, () => randomBytes(bytes))
  if (key.length === bytes) return key
  throw notWhole(file, 'what it signed before is then void')
}

const newToken = (): string => `copse_operator_${randomBytes(bytes).toString('base64url')}\n`

/** Opens the private routes to whoever may read the data folder. */
export async function keptToken(dataPath: string): Promise<{ operatorToken: string; tokenFile: string }> {
  const file = path.join(dataPath, tokenFile)
  const operatorToken = (await readOrMake(file, newToken)).toString('utf8').trim()
  if (wholeToken.test(operatorToken)) return { operatorToken, tokenFile: file }
  throw notWhole(file, 'the next start makes another')
}

/** Half a key must not pass for none: another one in its place would undo all that it signed. */
const notWhole = (file: string, then: string): Fault =>
  new Fault('config_invalid', {
    detail: `${file} does not hold a whole key. Put back the one that it held, or delete it: ${then}.`,
  })

/** Written beside and linked: a crash leaves no key or a whole one, and who came first stays. */
async function readOrMake(file: string, make: () => string | Uint8Array): Promise<Buffer> {
  const beside = `${file}.${randomBytes(4).toString('hex')}.new`
  try {
    const kept = await readFile(file).catch(unless('ENOENT'))
    if (kept) return kept
    try {
      await writeFile(beside, make(), { mode: 0o600, flush: true })
      await link(beside, file).catch(unless('EEXIST'))
    } finally {
      await rm(beside, { force: true })
    }
    return await readFile(file)
  } catch (error) {
    throw new Fault('data_unwritable', { detail: `${file} (${codeOf(error)})`, cause: error })
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

const unless =
  (code: string) =>
  (error: unknown): undefined => {
    if (codeOf(error) !== code) throw error
  }
