import { openTemporaryStore } from './testing.ts'
import { testStore } from './testing/conformance.ts'

testStore('a store in a file', openTemporaryStore)
testStore('a store in memory', (options) => openTemporaryStore({ ...options, inMemory: true }))
