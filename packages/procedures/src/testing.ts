/** For tests of what runs procedures: those that we ship, as trees that were built by hand. */
export { byHand } from './testing/by-hand/all.ts'
