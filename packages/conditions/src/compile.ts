import { isChain, type Chain, type Compiled, type Condition } from './condition.ts'
import type { Env, Explanation, Json, Leaf, Truth } from './condition.ts'
import { fieldsOf } from './fields.ts'
import { operatorOf } from './operators/all.ts'
import { print } from './print.ts'

/** For a condition that was parsed, composed or validated. */
export function compile(condition: Condition): Compiled {
  const { evaluate, details } = lower(condition)
  const text = print(condition)
  const explain = (env: Env): Explanation => ({ text, value: evaluate(env) ?? null, ...details(env) })
  return { evaluate, explain, text, fields: fieldsOf(condition) }
}

interface Lowered {
  evaluate: (env: Env) => Truth
  /** What the explanation says besides text and value. */
  details: (env: Env) => Partial<Explanation>
}

function lower(condition: Condition): Lowered {
  if (condition.op === 'not') return lowerNot(compile(condition.of))
  if (isChain(condition)) return lowerChain(condition.op, condition.of.map(compile))
  return lowerLeaf(condition)
}

/** Kleene: one false decides an AND and one true an OR, whatever is unknown; else one unknown makes it unknown. */
function lowerChain(op: Chain['op'], parts: Compiled[]): Lowered {
  const deciding = op === 'or'
  return {
    evaluate(env) {
      let truth: Truth = !deciding
      for (const part of parts) {
        const one = part.evaluate(env)
        if (one === deciding) return deciding
        if (one === undefined) truth = undefined
      }
      return truth
    },
    details: (env) => ({ of: parts.map((part) => part.explain(env)) }),
  }
}

function lowerNot(inner: Compiled): Lowered {
  return {
    evaluate(env) {
      const truth = inner.evaluate(env)
      return truth === undefined ? undefined : !truth
    },
    details: (env) => ({ of: [inner.explain(env)] }),
  }
}

function lowerLeaf(leaf: Leaf): Lowered {
  const { field } = leaf
  const operator = operatorOf(leaf.op)
  const holds = operator.compile(leaf)
  const others = operator.others(leaf)
  return {
    evaluate: (env) => holds(env.read(field), env),
    details: (env) => ({
      field,
      actual: actualOf(env, field),
      ...(others.length > 0 && { against: others.map((path) => ({ field: path, actual: actualOf(env, path) })) }),
    }),
  }
}

const actualOf = (env: Env, path: string): Json => (env.read(path) ?? null) as Json
