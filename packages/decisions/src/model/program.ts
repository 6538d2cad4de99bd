import type { Diagnostic } from '@copse/contracts'
import { createLowering } from '../expression/lower.ts'
import { noShape, type Names, type Shape } from '../expression/names.ts'
import { newAllowance } from '../expression/read.ts'
import { limits } from '../limits.ts'
import { compileBoxed } from './boxed/all.ts'
import { saysSomething } from './boxed/box.ts'
import { withParameters } from './boxed/functions.ts'
import type { Boxed, Model, TextPlaces } from './model.ts'
import { found, requiredBy, type Part, type Parts } from './parts.ts'
import type { PartProgram } from './run.ts'
import { createTypes, type ItemTypes } from './item-types.ts'

/** Compiles every part once, those that it needs before it. There must be no circles. */
export class ProgramBuilder {
  readonly #parts: Parts
  readonly #types = new Map<Model, ItemTypes>()
  readonly #models: readonly Model[]
  readonly #places: TextPlaces | undefined
  readonly #programs = new Map<string, PartProgram>()
  readonly #allowance = newAllowance()
  readonly diagnostics: Diagnostic[] = []

  constructor(models: readonly Model[], parts: Parts, places: TextPlaces | undefined) {
    this.#models = models
    this.#parts = parts
    this.#places = places
  }

  program(part: Part): PartProgram {
    const known = this.#programs.get(part.key)
    if (known) return known
    const types = this.#typesOf(part.model)
    const program = this.#empty(part, types)
    this.#programs.set(part.key, program)
    if (part.kind === 'service') this.#fillService(program, part)
    else if (part.kind !== 'input') this.#fill(program, part)
    return program
  }

  #empty(part: Part, types: ItemTypes): PartProgram {
    const type = types.find(part.type)
    const shape = type?.shape ?? noShape
    const nothing = { names: new Map(), uses: new Map(), weight: 1, parameters: [], outputs: [] }
    return { part, type, types, shape, evaluate: () => null, ...nothing }
  }

  #fill(program: PartProgram, part: Part & { kind: 'decision' | 'knowledge' }): void {
    const { uses, names } = this.#usesOf(part)
    program.uses = uses
    const own: Names = part.kind === 'knowledge' ? withParameters(names, part.of.parameters, program.types) : names
    program.names = own
    const logic: Boxed = part.of.logic ?? { box: 'text', text: 'null' }
    const compiled = compileBoxed(logic, own, {
      types: program.types,
      allowance: this.#allowance,
      lowering: createLowering(program.types.named),
      places: this.#places,
      part: part.name,
      diagnostics: this.diagnostics,
    })
    program.evaluate = compiled.evaluate
    program.weight = compiled.weight
    if (!saysSomething(program.shape)) program.shape = compiled.shape
  }

  #fillService(program: PartProgram, part: Part & { kind: 'service' }): void {
    const { inputDecisions, inputs, outputs } = part.of
    program.parameters = found([...inputs, ...inputDecisions], part, this.#parts).map((one) => this.program(one))
    program.outputs = found(outputs, part, this.#parts).map((one) => this.program(one))
  }

  #usesOf(part: Part): Pick<PartProgram, 'uses' | 'names'> {
    const uses = new Map<string, PartProgram | Map<string, PartProgram>>()
    const names = new Map<string, Shape>()
    const required = requiredBy(part, this.#parts)
    if (required.length > limits.names) this.#reportTooMany(part)
    for (const needed of [...required.slice(0, limits.names), ...(part.kind === 'knowledge' ? [part] : [])]) {
      const program = this.program(needed)
      const alias = part.model.imports.find(({ namespace }) => namespace === needed.model.namespace)
      if (needed.model === part.model || !alias) {
        uses.set(needed.name, program)
        names.set(needed.name, program.shape)
        continue
      }
      const imported = uses.get(alias.name)
      const group = imported instanceof Map ? imported : new Map<string, PartProgram>()
      group.set(needed.name, program)
      uses.set(alias.name, group)
      names.set(alias.name, { fields: new Map([...group].map(([name, one]) => [name, one.shape])) })
    }
    return { uses, names }
  }

  #reportTooMany(part: Part): void {
    const message = `"${part.name}" needs more than ${limits.names} others; the rest is left out. Split it.`
    this.diagnostics.push({ code: 'too_large', severity: 'error', message, line: 1, column: 1, path: part.name })
  }

  #typesOf(model: Model): ItemTypes {
    const known = this.#types.get(model)
    if (known) return known
    const imported = new Map<string, ItemTypes>()
    const types = createTypes(model.types, imported, this.#allowance)
    this.#types.set(model, types)
    for (const { name, namespace } of model.imports) {
      const other = this.#models.find((one) => one.namespace === namespace && one !== model)
      if (other) imported.set(name, this.#typesOf(other))
    }
    return types
  }
}
