/**
 * studio: what an author does with a procedure: read, draw, compare, talk to it, play scenarios against the real dialogue
 * in milliseconds. It has no store, no server and no files: texts go in, and the outside is given as connectors.
 */
export { openConversation, type Conversation, type World } from './conversation.ts'
export { knownAt, type AtRest, type Said } from './said.ts'
export { parseScenarios, readScenarios, type ScenarioFile } from './parse-scenarios.ts'
export { playScenario, type Played, type PlayedTurn } from './play.ts'
export type { Scenario, Scene } from './scenario.ts'
export {
  openDesk,
  openWorld,
  type Desk,
  type OpenBusiness,
  type OpenCalendar,
  type PlayedBusiness,
  type Source,
} from './desk.ts'
export { readAnswers, type Answers } from './answers/answers.ts'
export { runScenarios, type PlacedFailure, type ScenarioResult } from './run-scenarios.ts'
export { coverageOf, type Coverage } from './coverage.ts'
export { outlineOf, type Outline } from './read/outline.ts'
export { readYaml } from './read/yaml.ts'
export { pictureOf, type Picture } from './picture/stages.ts'
export { textOf } from './picture/text.ts'
export { mermaidOf } from './picture/mermaid.ts'
export { svgOf } from './picture/svg.ts'
export { checkProcedure, type CheckOptions } from './check/check.ts'
export type { Checked, Exploration, Finding } from './check/finding.ts'
export { compileText, describeTree } from './compile-text.ts'
export { besideOf, claimedTwice, suggestion, type Beside } from '@copse/procedures'
export { momentOf, parseDuration } from '@copse/time'
export { ingest, type Draft, type IngestOptions, type OpenQuestion, type Progress } from './ingest/ingest.ts'
export { sopText } from './ingest/sop.ts'
export { compareVersions, type Change } from './compare/compare.ts'
export { replayContact, type ReplayedSession } from './replay/replay.ts'
export { replayDraft, type DraftedSession } from './replay/draft.ts'
export { compileDraft } from './replay/compile-draft.ts'
export { generateScenarios, type Generated } from './generate/generate.ts'
export { mark as generatedMark } from './generate/scenario-text.ts'
export type { Outside } from './replay/rerun.ts'
