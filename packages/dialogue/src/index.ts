/**
 * dialogue: what to do and say in a turn. Who is it, which procedure, the leaves that talk, one reply, fitted to the
 * channel. It plugs into the lane as `handle(turn)` and knows no store, no queue and no HTTP: what must last is in
 * the TurnResult.
 */
export { buildTree } from './build-tree.ts'
export { createTrees, type TreeStore } from './trees.ts'
export { createOperations, type Operations } from './operations.ts'
export { globalIn } from './understand/globals.ts'
export { fitOptions } from './say/fit-options.ts'
export { phrase } from './phrases.ts'
export { languageOf } from './turn-scope.ts'
export { createDialogue, type Active, type DialogueOptions } from './dialogue.ts'
export { hidden } from './hidden.ts'
export { standingChannel, standingTimers } from './standing.ts'
export { createKnowledge } from './knowledge/knowledge.ts'
export { createTokenCounter, type Quota } from './knowledge/quota.ts'
