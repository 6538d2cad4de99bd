import { Fault, type FaultCode } from '@copse/contracts'
import { readConfig } from './config.ts'
import { startDemoBusiness } from './start.ts'

const known: Record<string, FaultCode> = {
  EADDRINUSE: 'port_taken',
  EACCES: 'data_unwritable',
  EEXIST: 'data_unwritable',
  ENOTDIR: 'data_unwritable',
  SQLITE_CANTOPEN: 'data_unwritable',
  SQLITE_READONLY: 'data_unwritable',
}

try {
  const { port, folder } = readConfig()
  const business = await startDemoBusiness({ port, folder })
  process.stdout.write(`demo business on ${business.url}, its books in ${folder}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void business.close())
} catch (error) {
  const code = error instanceof Error && 'code' in error ? known[String(error.code)] : undefined
  if (!(error instanceof Fault) && code === undefined) throw error
  process.stderr.write(`${(error instanceof Fault ? error : new Fault(code ?? 'internal')).message}\n`)
  process.exitCode = 1
}
