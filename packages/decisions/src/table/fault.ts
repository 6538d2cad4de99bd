export type DecisionFaultCode =
  | 'table_invalid'
  | 'model_invalid'
  | 'cell_invalid'
  | 'cell_too_large'
  | 'unknown_name'
  | 'unknown_decision'
  | 'decision_cycle'

/** A table or model that cannot be compiled. The message says where and what to do. */
export class DecisionFault extends Error {
  readonly code: DecisionFaultCode
  /** `rules.3.when.1`, or the names of the decisions in a cycle. */
  readonly path: string
  readonly fix: string | undefined

  constructor(code: DecisionFaultCode, path: string, message: string, fix?: string) {
    super(fix === undefined ? message : `${message} ${fix}`)
    this.name = 'DecisionFault'
    this.code = code
    this.path = path
    this.fix = fix
  }
}
