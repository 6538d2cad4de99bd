/** A tenant in a process of its own, with the flags that tenants are started with. */
import { measureWebhooks } from './webhooks.ts'

const found = await measureWebhooks({ quick: process.argv[2] === 'quick' })
process.send!(found, undefined, undefined, () => process.exit(0))
