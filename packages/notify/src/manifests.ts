/**
 * What the control plane needs to know of notices, as data: no I/O is loaded from here.
 */
export { checkSecret } from './credential.ts'
