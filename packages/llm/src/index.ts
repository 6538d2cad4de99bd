/**
 * llm: language models behind one port. Adapters answer questions (`provider.ts`), wrappers bound and meter them,
 * `prompts/` asks them in prose, `offline/` answers the same questions by rules, and `passages/` finds what of a long
 * text a question is about. It is not a place for decisions: what may be asked, what an answer may cause and when to try
 * again belong to the rooms above.
 */
export * from './provider.ts'
export { extractOffline, readOffline, unclaimed, type Claim } from './offline/extract.ts'
export { classifyOffline } from './offline/classify.ts'
export { writeOffline } from './offline/write.ts'
export { cutPassages, type Passage } from './passages/cut.ts'
export { indexPassages, type PassageIndex } from './passages/search.ts'
export { proposalShape, type Proposal, type ProposedStep } from './drafts/proposal.ts'
export type { DraftTask, SopSentence } from './drafts/task.ts'
export { createOfflineProvider } from './offline/provider.ts'
export { extractQuestion } from './prompts/extract.ts'
export { answerQuestion } from './prompts/answer.ts'
export { draftQuestion } from './prompts/draft.ts'
export { classifyQuestion } from './prompts/classify.ts'
export { writeQuestion } from './prompts/write.ts'
export { bounded } from './wrappers/bounded.ts'
export { metered } from './wrappers/metered.ts'
export { createProvider } from './all.ts'
