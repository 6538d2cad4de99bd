// Run as a process of its own that may write no file beyond a size: takes messages until the disk refuses one.
import { Fault } from '@copse/contracts'
import { openStore } from '../index.ts'

// The system kills who goes beyond the limit, unless they listen: then the write fails.
process.on('SIGXFSZ', () => {})
const [folder] = process.argv.slice(2)
const store = await openStore({ folder: folder! })
let taken = 0
async function takeAll(): Promise<Fault> {
  try {
    for (;;) {
      const text = 'x'.repeat(3000)
      await store.append([{ channel: 'web', messageId: `m${taken}`, contact: { alias: 'ana' }, kind: 'text', text }])
      taken++
    }
  } catch (error) {
    return error as Fault
  }
}
const { code, detail } = await takeAll()
// A look is a small write: it may still find a place where a message found none.
while ((await store.refusal()) === undefined) await takeAll()
const refusal = await store.refusal()
process.stdout.write(JSON.stringify({ code, detail, taken, refusal }))
process.exit()
