/** For the tests of other rooms: a model that says exactly what a test wrote down. */
export { createScriptedProvider, ScriptError } from './scripted.ts'
export type { RecordedRequest, ScriptedProvider, ScriptedReply } from './scripted.ts'
