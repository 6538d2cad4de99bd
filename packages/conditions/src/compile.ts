import { isChain, type Chain, type Compiled, type Condition } from './condition.ts'
import type { Env, Explanation, Json, Leaf, Truth } from './condition.ts'
import { fieldsOf } from './fields.ts'
import { pathsOf } from './operands.ts'
import { operatorOf } from './operators/all.ts'
import { printChain, printNot } from './print.ts'

/** For a condition that was parsed, composed or validated. */
export function compile(condition: Condition): Compiled {
  // Before anything else, since it also refuses what is too deep.
  const fields = fieldsOf(condition)
  const { evaluate, explain, text } = lower(condition)
  return { evaluate, explain, text, fields }
}

interface Lowered {
  condition: Condition
  text: string
  evaluate: (env: Env) => Truth
  explain: (env: Env) => Explanation
}

function lower(condition: Condition): Lowered {
  if (condition.op === 'not') return lowerNot(condition, lower(condition.of))
  return isChain(condition) ? lowerChain(condition, condition.of.map(lower)) : lowerLeaf(condition)
}

function lowerChain(condition: Chain, parts: Lowered[]): Lowered {
  const text = printChain(condition.op, parts)
  const evaluate = decide(
    condition.op === 'or',
    parts.map((part) => part.evaluate),
  )
  return {
    condition,
    text,
    evaluate,
    explain: (env) => ({ text, value: evaluate(env) ?? null, of: parts.map((part) => part.explain(env)) }),
  }
}

/**
 * Kleene: one false decides an AND and one true an OR, whatever is unknown; else one unknown makes it unknown. Two parts,
 * the usual number, are asked without a loop.
 */
function decide(deciding: boolean, parts: readonly Lowered['evaluate'][]): Lowered['evaluate'] {
  const [first, second] = parts
  if (first && second && parts.length === 2) {
    return (env) => {
      const one = first(env)
      if (one === deciding) return deciding
      const other = second(env)
      return one === undefined && other !== deciding ? undefined : other
    }
  }
  return (env) => {
    let truth: Truth = !deciding
    for (const part of parts) {
      const one = part(env)
      if (one === deciding) return deciding
      if (one === undefined) truth = undefined
    }
    return truth
  }
}

function lowerNot(condition: Condition, inner: Lowered): Lowered {
  const text = printNot(inner)
  const evaluate = (env: Env): Truth => {
    const truth = inner.evaluate(env)
    return truth === undefined ? undefined : !truth
  }
  return {
    condition,
    text,
    evaluate,
    explain: (env) => ({ text, value: evaluate(env) ?? null, of: [inner.explain(env)] }),
  }
}

function lowerLeaf(leaf: Leaf): Lowered {
  const { field } = leaf
  const operator = operatorOf(leaf.op)
  const holds = operator.compile(leaf)
  const others = pathsOf(operator.operands(leaf))
  const timed = operator.looks(leaf).includes('window')
  const text = operator.print(leaf)
  return {
    condition: leaf,
    text,
    evaluate: (env) => holds(env.read(field), env),
    explain: (env) => ({
      text,
      value: holds(env.read(field), env) ?? null,
      field,
      actual: actualOf(env, field),
      ...(others.length > 0 && { against: others.map((path) => ({ field: path, actual: actualOf(env, path) })) }),
      ...(timed && { now: env.now }),
    }),
  }
}

const actualOf = (env: Env, path: string): Json => (env.read(path) ?? null) as Json
