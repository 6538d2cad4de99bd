// Run as a process of its own: opens the store in a folder, says how it went, and dies or stays if asked to.
import { Fault } from '@copse/contracts'
import { openStore } from '../index.ts'

const [folder, ending] = process.argv.slice(2)
if (ending === 'unprivileged' && process.getuid?.() === 0) {
  // Root may write everywhere. Nobody may perhaps not read our driver: it is loaded before.
  await openStore({ folder: ':memory:' }).then((store) => store.close())
  process.seteuid?.(65534)
}
try {
  const store = await openStore({ folder: folder! })
  process.stdout.write('open', () => {
    if (ending === 'kill') process.kill(process.pid, 'SIGKILL')
    if (ending === 'stay') setInterval(() => {}, 1_000)
    else void store.close()
  })
} catch (error) {
  process.stdout.write(error instanceof Fault ? error.code : String(error))
}
