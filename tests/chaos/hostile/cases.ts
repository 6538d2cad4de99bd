import type { HostileCase } from './case.ts'
import { connections } from './connections.ts'
import { content } from './content.ts'
import { load } from './load.ts'

export const hostileCases: readonly HostileCase[] = [...content, ...connections, ...load]
