import type { Names, Shape } from '../expression/names.ts'
import type { Evaluate } from '../expression/lowering.ts'
import {
  FunctionValue,
  newContext,
  type Context,
  type Env,
  type Overload,
  type Scope,
  type Value,
} from '../values/value.ts'
import { typed } from './boxed/box.ts'
import { functionOf } from './boxed/functions.ts'
import type { Part } from './parts.ts'
import type { ItemType, ItemTypes } from './item-types.ts'

/** A part whose texts are closures. */
export interface PartProgram {
  part: Part
  type: ItemType | undefined
  types: ItemTypes
  shape: Shape
  names: Names
  /** By the name under which its texts use them; parts of other models under the name of the import. */
  uses: ReadonlyMap<string, PartProgram | ReadonlyMap<string, PartProgram>>
  evaluate: Evaluate
  weight: number
  /** Of a service: what it is called with, in this order, and what it finds out. */
  parameters: PartProgram[]
  outputs: PartProgram[]
}

/**
 * One evaluation of a model: every part at most once, when it is asked for. `given` are values that are known from
 * outside and are not found out.
 */
export class ModelRun {
  readonly #given: ReadonlyMap<PartProgram, Value>
  readonly #inputs: Context
  readonly #env: Omit<Env, 'scope'>
  readonly #known = new Map<PartProgram, Value>()

  constructor(inputs: Context, given: ReadonlyMap<PartProgram, Value>, env: Omit<Env, 'scope'>) {
    this.#inputs = inputs
    this.#given = given
    this.#env = env
  }

  valueOf(program: PartProgram): Value {
    const known = this.#given.has(program) ? this.#given.get(program) : this.#known.get(program)
    if (known !== undefined) return known
    this.#env.budget.take(1)
    const value = this.#env.budget.deeper(() => this.#find(program))
    this.#known.set(program, value)
    return value
  }

  #find(program: PartProgram): Value {
    const env: Env = { ...this.#env, scope: new PartScope(program, this) }
    switch (program.part.kind) {
      case 'input':
        return this.#input(program, env)
      case 'decision': {
        const value = program.evaluate(env)
        return program.type ? typed(program.type, value, env, program.part.name) : value
      }
      case 'knowledge':
        return this.#knowledge(program, program.part.of.parameters, env)
      case 'service':
        return serviceOf(program, this.#env)
    }
  }

  #input(program: PartProgram, env: Env): Value {
    const { name } = program.part
    return admittedInput(program, Object.hasOwn(this.#inputs, name) ? (this.#inputs[name] ?? null) : null, env)
  }

  #knowledge(program: PartProgram, parameters: { name: string; type?: string }[], env: Env): Value {
    const { type, types, evaluate, weight, part } = program
    const result = type?.result ?? type
    const body: Evaluate = result ? (inner) => typed(result, evaluate(inner), inner, part.name) : evaluate
    return functionOf(parameters, types, body, weight, env)
  }
}

/** A value from outside, as the type of the part has it; null, and said so, when it does not fit. */
export function admittedInput({ part, type }: PartProgram, value: Value, env: Env): Value {
  if (value === null || !type) return value
  const admitted = type.admit(value, env)
  if (admitted !== undefined) return admitted
  const message = `"${part.name}" should be a ${part.type ?? 'value'}. It counts as missing.`
  env.notes?.problem({ code: 'input_not_allowed', message, at: part.name })
  return null
}

/** The names that a part's texts may use. A function knows itself. */
class PartScope implements Scope {
  readonly #program: PartProgram
  readonly #run: ModelRun

  constructor(program: PartProgram, run: ModelRun) {
    this.#program = program
    this.#run = run
  }

  get(name: string): Value | undefined {
    const used = this.#program.uses.get(name)
    if (!used) return undefined
    if (!(used instanceof Map)) return this.#run.valueOf(used as PartProgram)
    const context = newContext()
    for (const [part, program] of used as ReadonlyMap<string, PartProgram>) context[part] = this.#run.valueOf(program)
    return context
  }
}

const nothing: Scope = { get: () => undefined }

/** A service as a function of its inputs and its input decisions. */
export function serviceOf(program: PartProgram, env: Omit<Env, 'scope'>): FunctionValue {
  const overload: Overload = {
    parameters: program.parameters.map(({ part, type }) => ({
      name: part.name,
      accept: (value) => (type ? type.accept(value, { ...env, scope: nothing }) : value),
    })),
    run(args) {
      const given = new Map(program.parameters.map((parameter, index) => [parameter, args[index] ?? null] as const))
      return runService(program, new ModelRun({}, given, env), env)
    },
  }
  return new FunctionValue([overload])
}

/** One output is what the service comes to; several make a context. */
export function runService(program: PartProgram, run: ModelRun, env: Omit<Env, 'scope'>): Value {
  const values = program.outputs.map((output) => [output.part.name, run.valueOf(output)] as const)
  const context = newContext()
  for (const [name, value] of values) context[name] = value
  const result = values.length === 1 ? (values[0]?.[1] ?? null) : context
  // A service may be declared as the function that it is, or as what the function comes to.
  const type = program.type?.result ?? program.type
  return type ? typed(type, result, { ...env, scope: nothing }, program.part.name) : result
}
