/**
 * unknown_field: the schema does not know it · list_compared, object_compared: they are no single value ·
 * never_equal: another kind of value · outside_enum: not among the declared values · no_order: nothing is before or
 * after anything · nothing_inside: `contains` needs text or a list · no_time: no date and no age · may_be_unknown: only
 * some of its values have an answer, see `strict`.
 */
export type TypeFaultCode =
  | 'unknown_field'
  | 'list_compared'
  | 'object_compared'
  | 'never_equal'
  | 'outside_enum'
  | 'no_order'
  | 'nothing_inside'
  | 'no_time'
  | 'may_be_unknown'

/** What an operator objects to. */
export interface Misuse {
  code: TypeFaultCode
  field: string
  message: string
  fix: string
  /** The value at fault, counted from the left; else it is the field. */
  value?: number
}
