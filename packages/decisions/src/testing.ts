/**
 * For tests and reports: the conformance suite, run by ours and by feelin alone. Files are handed in; this room reads
 * none.
 */
export { feelinAlone } from './conformance/feelin-alone.ts'
export { conformancePage } from './conformance/page.ts'
export { ours, runFolder, type Engine, type Failure, type Folder, type FolderResult } from './conformance/suite.ts'
