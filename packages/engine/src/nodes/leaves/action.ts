import { z } from 'zod'
import type { Ctx, LeafDefinition } from '../../tree/definition.ts'
import { isOf, printType, type Fields } from '../../tree/fields.ts'
import type { InferFields } from '../../tree/infer.ts'
import type { Json } from '../../tree/json.ts'
import type { Source } from '../../run/snapshot.ts'
import { Failure, Success, type Status } from '../../tree/status.ts'

const source = z.union([z.string().min(1), z.strictObject({ value: z.json() })])

const config = z.strictObject({
  /** Port to the field that it takes its value from, or a value. */
  in: z.record(z.string(), source).optional(),
  /** Port to the field that its value goes to. */
  out: z.record(z.string(), z.string().min(1)).optional(),
})

export type ActionConfig = z.infer<typeof config>

export interface Action<In extends Fields, Out extends Fields, Services, Op extends string = string> {
  op: Op
  in: In
  out: Out
  pure?: boolean
  /** Where its outputs count as coming from; `tool` unless said. */
  by?: Source
  /** Outputs on success; what `ctx.fail` returns on failure. */
  run(inputs: InferFields<In>, ctx: Ctx<Services>): Answer<Out> | Promise<Answer<Out>>
}

/** A leaf that says what it takes and gives, so that the builder can ask for that. */
export type ActionDefinition<In extends Fields, Out extends Fields, Services, Op extends string> = LeafDefinition<
  Services,
  ActionConfig
> & { op: Op; ports: { in: In; out: Out } }

type Answer<Out extends Fields> = InferFields<Out> | typeof Failure

/**
 * A leaf out of a function with typed ports: wiring is checked when the tree is compiled, values when it runs.
 *
 * outputs → success, and they are written · `ctx.fail` → failure with its code · an input that is missing or of another
 * type → failure `bad_input`
 */
export function defineAction<
  const In extends Fields,
  const Out extends Fields,
  Services = unknown,
  const Op extends string = string,
>(action: Action<In, Out, Services, Op>): ActionDefinition<In, Out, Services, Op> {
  const { op, pure } = action
  return {
    op,
    ports: { in: action.in, out: action.out },
    kind: 'leaf',
    config,
    ...(pure === undefined ? {} : { pure }),
    writes: ({ out = {} }) => Object.values(out),
    prepare(config, { fail, expectType }) {
      for (const [kind, given, declared] of [
        ['in', config.in, action.in] as const,
        ['out', config.out, action.out] as const,
      ]) {
        for (const port of Object.keys(given ?? {})) {
          if (!Object.hasOwn(declared, port)) fail(`"${op}" has no port "${port}" that goes ${kind}`)
        }
      }
      for (const [port, type] of Object.entries(action.in)) {
        const from = config.in?.[port]
        if (from === undefined) fail(`the port "${port}" of "${op}" is not given; name a field or a value`)
        else if (typeof from === 'string') expectType(from, type, 'read')
        else if (!isOf(type, from.value)) fail(`the port "${port}" of "${op}" takes ${printType(type)}`)
      }
      for (const [port, field] of Object.entries(config.out ?? {})) expectType(field, action.out[port]!, 'write')
      return config
    },
    run(ctx, config) {
      const inputs: { [port: string]: Json } = {}
      for (const [port, type] of Object.entries(action.in)) {
        const from = config.in![port]!
        const value = typeof from === 'string' ? ctx.read(from) : from.value
        if (!isOf(type, value)) {
          return ctx.fail('bad_input', `"${port}" is ${value === undefined ? 'missing' : `not ${printType(type)}`}`)
        }
        inputs[port] = value!
      }
      const write = (answer: Answer<Out>): Status => {
        if (answer === Failure) return Failure
        const outputs = answer as { [port: string]: Json }
        const { out = {} } = config
        // By the ports as they are defined: two trees of one hash may list them differently.
        for (const [port, type] of Object.entries(action.out)) {
          if (!Object.hasOwn(out, port)) continue
          if (!isOf(type, outputs[port])) throw new Error(`"${op}" gave at "${port}" what is not ${printType(type)}`)
          ctx.set(out[port]!, outputs[port]!, action.by ?? 'tool')
        }
        ctx.result(outputs)
        return Success
      }
      const answer = action.run(inputs as InferFields<In>, ctx)
      return answer instanceof Promise ? answer.then(write) : write(answer)
    },
  }
}
