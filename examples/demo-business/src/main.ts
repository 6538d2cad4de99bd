import { readConfig } from './config.ts'
import { startDemoBusiness } from './start.ts'

const { port, folder } = readConfig()
const business = await startDemoBusiness({ port, folder })
process.stdout.write(`demo business on ${business.url}, its books in ${folder}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void business.close())
