import type { Field, Json, LeafConfig, OperationManifest } from '@copse/contracts'
import type { Condition } from '@copse/conditions'
import type { Table } from '@copse/decisions'
import type { z } from 'zod'
import type { Stage, Target } from '../graph/stage-graph.ts'
import type { Header } from '../parse/header.ts'
import type { Kind } from '../parse/ports.ts'
import type { Path } from '../parse/value.ts'
import type { Texts } from '../parse/words.ts'
import type { Details, Dialect } from '../report/report.ts'
import type { OnSilence } from './keys.ts'

/** One step action: its keys, and what a step that has them is. A new action is a file and a line in all.ts. */
export interface StepAction<Shape = unknown> {
  action: string
  shape: z.ZodType<Shape>
  read(shape: Shape, context: StepContext): Step
}

export const defineStep = <Shape>(action: StepAction<Shape>): StepAction => action

/** A step that was read: what its neighbours may want to know, and how to lower it once they are known. */
export interface Step {
  /** Fields that it asks the customer for. */
  collects: Field[]
  /** Those of them that it insists on. */
  requires: string[]
  /** Calls that it may make; the first that can run does. */
  alternatives: Alternative[]
  leads: Lead[]
  /** What it brings along when it stands for another procedure: names for paths, and fields that only tools write. */
  part?: { aliases: Record<string, string>; facts: string[] }
  /** `apart`: stages beside its own: a task's, or those of a subprocedure. */
  lower(neighbours: Neighbours): Omit<Stage, 'id'> & { apart?: Stage[] }
}

/** An edge, with who decides that it is taken. */
export interface Lead {
  to: string
  by: 'option' | 'classification' | 'condition' | 'silence' | 'flow'
  /** Fields that the condition reads. */
  fields?: string[]
}

/** What is done about silence, as parts of what a step becomes; empty where nothing is. */
export interface Silence {
  /** For each leaf that waits. */
  leaf: Pick<LeafConfig<'collect'>, 'silence'>
  exits: Record<string, Target>
  leads: Lead[]
}

export interface Alternative {
  operation: OperationManifest
  guard: Condition | undefined
  /** Holds when the call can run: the guard, and every required argument is there. Undefined: always. */
  runnable: Condition | undefined
  /** Fields that must be there, guard included. */
  needs: string[]
  /** Fields that its arguments are taken from. */
  sources: string[]
  config: Omit<LeafConfig<'call'>, 'step' | 'saveMemory'>
}

export interface Neighbours {
  step(id: string): Step | undefined
  /** Where one of these fields is asked for: the first step that insists on one, else the first that takes one. */
  collecting(keys: readonly string[]): string | undefined
  /** Where this field is asked for before this step comes: the nearest step above it in the file, else below. */
  asking(key: string): string | undefined
  /** How the collecting steps describe these fields. */
  fields(keys: readonly string[]): Field[]
  /** Everything that the procedure asks its customer for. */
  collected: Field[]
  /** How the step of this id is reached. */
  arrival: Arrival
}

/** Another procedure, read to stand in the place of a step. */
export interface Part {
  header: Header
  /** Put before its fields. */
  prefix: string
  /** What a field of it is called here. */
  field: (path: string) => string
  aliases: Record<string, string>
  /** A field that only tools write. */
  isFact: (field: string) => boolean
  /** How one of its ends is reached. */
  reached(end: string): Arrival | undefined
  /** The first one is where it begins. `ends`: where they lead here. */
  stages(entered: Arrival, ends: Record<string, string>): Stage[]
}

/** How a step is reached. */
export interface Arrival {
  /** Straight from an option that a customer chooses. */
  option: boolean
  /** Straight from a classification, or from silence: neither is a customer's yes. */
  classified: boolean
  /** After one, with nothing decided by facts in between. */
  afterClassification: boolean
  /** The only way, if there is one. */
  only: 'option' | undefined
}

/** What a step needs while it is read. Paths are relative to the step. */
export interface StepContext {
  id: string
  dialect: Dialect
  header: Header
  report: {
    [Say in 'error' | 'warning' | 'lax']: (code: string, path: Path, message: string, options?: Details) => void
  }
  /** A step id or reserved target; reports it when it leads nowhere. */
  target(name: string, path: Path): string
  /** The way on. Without one: an error in ours, the end in dialect P. */
  wayOn(name: string | undefined, path: Path): string
  condition(json: Json, path: Path): Condition | undefined
  operation(name: string, path: Path): OperationManifest | undefined
  /** The decision table under a key of the step, its faults reported at their places; gaps only where it may not miss. */
  table(key: string, given: { mayMiss: boolean }): Table | undefined
  /** The procedure of this id to be put here; reports why not. */
  part(id: string, path: Path): Part | undefined
  /** Read to stand in the place of a step: its end is not the end of the session. */
  isPart: boolean
  /** Notes that a field is read or written here. */
  reads(field: string, path: Path): void
  writes(field: string, kind?: Kind): void
  /** Notes that a field is handed on as a value of this kind. */
  expects(field: string, kind: Kind, path: Path): void
  /** What is done while the customer says nothing: as the step says, else as the procedure does. */
  silence(given: OnSilence): Silence
  /** Customer text per language, its `{{path}}`s checked. */
  say(texts: Texts | undefined, path: Path): Record<string, string> | undefined
}
