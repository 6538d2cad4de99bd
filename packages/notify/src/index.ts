/**
 * notify: ways to reach the tenant's own people when a person is asked for: mail, or a signed request. An adapter sends
 * once and says what came of it; what is repeated, and when, is the lane's work.
 */
export { createNotifiers } from './create.ts'
