/**
 * http: what both servers share at their edge. Problem documents, request ids, logs, environment, health, metrics,
 * start and stop. It knows no tenant, no store and no route but the ones that say how the process is.
 */
export { createServer, impatience, type ServerOptions } from './server.ts'
export { assembleAtFirstRequest, type Listener } from './first-request.ts'
export { answerProblem, faultOf } from './problems.ts'
export { requestIdOf } from './request-id.ts'
export { parse } from './parse.ts'
export { createLogger, logLevels, type LogLevel, type LoggerOptions } from './logger.ts'
export { redact } from './redact.ts'
export { readEnvironment } from './environment.ts'
export { installHealth, installReadiness } from './health.ts'
export { createMetrics, type Metrics, type Reading } from './metrics.ts'
export { readProcess } from './process-readings.ts'
export { explainFault, exitWith } from './explain.ts'
export { listenOrExplain } from './listen.ts'
export { closeOnSignals, logBugs } from './signals.ts'
