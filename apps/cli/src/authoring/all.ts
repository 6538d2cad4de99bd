import type { Command } from '../command.ts'
import { chat } from './chat.ts'
import { check } from './check.ts'
import { compile } from './compile.ts'
import { diff } from './diff.ts'
import { ingest } from './ingest.ts'
import { replay } from './replay.ts'
import { simulate } from './simulate.ts'
import { test } from './test.ts'
import { tree } from './tree.ts'

/** What works on the files of an author. A new command is its file and a line here. */
export const authoring: readonly Command[] = [ingest, check, compile, tree, diff, simulate, test, replay, chat]
