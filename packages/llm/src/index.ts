/**
 * llm: language models behind one port. Adapters answer questions (`provider.ts`), wrappers bound and meter them,
 * `prompts/` asks them in prose, and `offline/` answers the same questions by rules. It is not a place for decisions:
 * what may be asked, what an answer may cause and when to try again belong to the rooms above.
 */
export * from './provider.ts'
export { extractOffline } from './offline/extract.ts'
export { classifyOffline } from './offline/classify.ts'
export { writeOffline } from './offline/write.ts'
export { createOfflineProvider } from './offline/provider.ts'
export { extractQuestion } from './prompts/extract.ts'
export { classifyQuestion } from './prompts/classify.ts'
export { writeQuestion } from './prompts/write.ts'
export { bounded } from './wrappers/bounded.ts'
export { metered } from './wrappers/metered.ts'
export { createProvider } from './all.ts'
