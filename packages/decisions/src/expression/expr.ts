/**
 * What text becomes: the tree of an expression and of a cell's unary tests. Plain data; nothing in it is compiled. S-FEEL
 * text is read by `sfeel/`, everything else in FEEL by `feel/`; what they make is compiled alike.
 */
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Sign = '+' | '-' | '*' | '/' | '**'
export type TemporalType = 'date' | 'time' | 'date and time' | 'duration' | '@'

export type Expr =
  | { op: 'literal'; value: null | boolean | number | string }
  /** A constant date, time or duration; its text was found to be one. */
  | { op: 'temporal'; type: TemporalType; text: string }
  | { op: 'name'; name: string }
  /** `?` */
  | { op: 'subject' }
  | { op: 'path'; of: Expr; name: string }
  | { op: 'arithmetic'; sign: Sign; left: Expr; right: Expr }
  | { op: 'negate'; of: Expr }
  | { op: 'compare'; is: Comparison; left: Expr; right: Expr }
  | { op: 'and' | 'or'; left: Expr; right: Expr }
  | { op: 'between'; of: Expr; low: Expr; high: Expr }
  | { op: 'in'; of: Expr; tests: Test[] }
  /** An end that is missing is open to that side. */
  | { op: 'range'; low?: Expr; high?: Expr; lowIncluded: boolean; highIncluded: boolean }
  | { op: 'list'; items: Expr[] }
  | { op: 'context'; entries: { key: string; value: Expr }[] }
  | { op: 'filter'; of: Expr; by: Expr }
  | { op: 'if'; condition: Expr; yes: Expr; no: Expr }
  | { op: 'for' | 'some' | 'every'; over: Iteration[]; each: Expr }
  | { op: 'instance'; of: Expr; type: TypeName }
  | { op: 'function'; parameters: { name: string; type?: TypeName }[]; body: Expr }
  | { op: 'call'; target: Expr; arguments: Expr[] | { name: string; value: Expr }[]; named: boolean }

export type Op = Expr['op']

/** `to` makes it the whole numbers or days from one end to the other. */
export interface Iteration {
  name: string
  in: Expr
  to?: Expr
}

export type TypeName =
  | { type: 'named'; name: string }
  | { type: 'list' | 'range'; of: TypeName }
  | { type: 'context'; entries: { name: string; of: TypeName }[] }
  | { type: 'function'; parameters: TypeName[]; result: TypeName }

export type Test =
  /** `-` */
  | { test: 'any' }
  | { test: 'compare'; is: Comparison; value: Expr }
  /** A value, a list of values, a range, or a truth. */
  | { test: 'value'; value: Expr }
  | { test: 'not'; of: Test[] }

/** One of them is enough. */
export type Cell = Test[]
