/** The rounds in a process of their own, for one whose disk is slower. */
import { measureRounds } from './rounds.ts'

const rounds = await measureRounds({ quick: process.argv[2] === 'quick' })
process.send!(rounds, undefined, undefined, () => process.exit(0))
