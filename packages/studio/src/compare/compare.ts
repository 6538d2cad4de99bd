import { canonicalJson, type Json, type JsonObject } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import { isObject, targets, type Outline, type OutlinedStep } from '../read/outline.ts'
import { renamedFields, withFields } from './fields.ts'
import { differences } from './changes.ts'
import { sentenceOf, weights, type Weight } from './sentence.ts'
import { contentOf, matchSteps, movedSteps, type Matched } from './steps.ts'

export interface Change {
  weight: Weight
  text: string
  /** In the newer version; of what is gone, in the older. */
  line: number
}

export interface Version {
  outline: Outline
  /** Undefined when it does not compile: then less can be said of running sessions. */
  tree?: TreeSpec
}

/** What changed from one version to the next, in sentences, what matters most first; then what it means for sessions. */
export function compareVersions(before: Version, after: Version): { changes: Change[]; sessions: string[] } {
  const fields = renamedFields(before.outline, after.outline)
  const old = withNewFields(before.outline, fields)
  const matched = matchSteps(old, after.outline)
  const changes = [
    ...[...fields].map(([was, now]) => renamedField(was, now)),
    ...headChanges(old, after.outline, matched),
    ...firstStep(old, after.outline, matched),
    ...matched.added.map((step) => added(step, after.outline)),
    ...matched.removed.map((step) => gone(step)),
    ...[...matched.renamed].map(([was, now]) => renamed(was, now, after.outline)),
    ...matched.same.flatMap((pair) => stepChanges(pair.before, pair.after, matched)),
    ...movedSteps(matched, old).map((id) => moved(id, after.outline)),
  ]
  changes.sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight) || a.line - b.line)
  return { changes, sessions: changes.length === 0 ? [] : forSessions(before, after, matched) }
}

function withNewFields(outline: Outline, fields: ReadonlyMap<string, string>): Outline {
  if (fields.size === 0) return outline
  const renew = (json: JsonObject): JsonObject => withFields(json, fields) as JsonObject
  return {
    ...outline,
    head: renew(outline.head),
    steps: outline.steps.map((step) => ({ ...step, json: renew(step.json) })),
  }
}

const renamedField = (was: string, now: string): Change => ({
  weight: 'decisions',
  text: `field ${was} is called ${now} now`,
  line: 1,
})

function headChanges(before: Outline, after: Outline, { renamed: names }: Matched): Change[] {
  const [was, now] = [before, after].map(({ head }) => {
    const { initial_state: _, ...rest } = head
    return rest
  }) as [JsonObject, JsonObject]
  return differences(withNames(was, names), now).map((one) => ({ ...sentenceOf('procedure', one), line: 1 }))
}

/** Of a flow, the state that it names. */
const initialOf = ({ head, steps }: Outline): OutlinedStep | undefined =>
  steps.find(({ id }) => id === head['initial_state']) ?? steps[0]

function firstStep(before: Outline, after: Outline, { renamed }: Matched): Change[] {
  const [was, now] = [initialOf(before), initialOf(after)]
  if (!was || !now || (renamed.get(was.id) ?? was.id) === now.id) return []
  return [{ weight: 'decisions', text: `the conversation begins with ${now.id} instead of ${was.id}`, line: now.line }]
}

/** A new step matters as much as what it does. */
function added(step: OutlinedStep, { steps }: Outline): Change {
  const from = steps.filter(({ ways }) => ways.some(({ to }) => to === step.id)).map(({ id }) => id)
  const to = [...new Set(step.ways.map((way) => way.to))]
  const place =
    from.length === 1 && to.length === 1
      ? `between ${from[0]} and ${to[0]}`
      : [from.length > 0 ? `reached from ${from.join(', ')}` : '', to.length > 0 ? `leads to ${to.join(', ')}` : '']
          .filter(Boolean)
          .join('; ')
  const calls = operationsOf(step)
  return {
    weight: calls.length > 0 ? 'effects' : 'steps',
    text: `new step ${step.id} (${[step.action, ...calls].join(' ')})${place ? ` ${place}` : ''}`,
    line: step.line,
  }
}

const gone = (step: OutlinedStep): Change => ({
  weight: operationsOf(step).length > 0 ? 'effects' : 'steps',
  text: `step ${step.id} is gone (${[step.action, ...operationsOf(step)].join(' ')})`,
  line: step.line,
})

const renamed = (old: string, now: string, { steps }: Outline): Change => ({
  weight: 'steps',
  text: `step ${old} is called ${now} now`,
  line: steps.find(({ id }) => id === now)?.line ?? 1,
})

function moved(id: string, { steps }: Outline): Change {
  const at = steps.findIndex((step) => step.id === id)
  const before = steps[at - 1]
  const place = before ? `after ${before.id}` : 'first'
  return { weight: 'notes', text: `step ${id} stands ${place} in the file`, line: steps[at]?.line ?? 1 }
}

function stepChanges(before: OutlinedStep, after: OutlinedStep, { renamed: names }: Matched): Change[] {
  const was = contentOf(withNames(before.json, names) as JsonObject)
  return differences(was, contentOf(after.json)).map((one) => ({ ...sentenceOf(after.id, one), line: after.line }))
}

/** Where a renamed step was meant it is meant still. */
function withNames(json: Json, names: ReadonlyMap<string, string>, key = ''): Json {
  if (Array.isArray(json)) return json.map((item) => withNames(item, names, key))
  if (isObject(json)) {
    return Object.fromEntries(Object.entries(json).map(([inner, value]) => [inner, withNames(value, names, inner)]))
  }
  return typeof json === 'string' && targets.has(key) ? (names.get(json) ?? json) : json
}

function operationsOf({ json: { tools } }: OutlinedStep): string[] {
  if (!Array.isArray(tools)) return []
  return tools.flatMap((tool) => (isObject(tool) && typeof tool['name'] === 'string' ? [tool['name']] : []))
}

/** A running session keeps its version; what would be in the way of taking it to the new one. */
function forSessions(before: Version, after: Version, { removed, renamed: names, same }: Matched): string[] {
  const { outline: old, tree: oldTree } = before
  const { outline: now, tree: nowTree } = after
  if (old.id !== now.id) return [`These are two procedures: no conversation of ${old.id} goes on in ${now.id}.`]
  const sessions = [`Running conversations stay on version ${old.version} until they end.`]
  if (old.version === now.version) {
    sessions.push(`Both call themselves version ${now.version}: give the new one a number of its own.`)
  }
  if (removed.length > 0) {
    sessions.push(
      `Those that wait at ${removed.map(({ id }) => id).join(', ')} could not be moved to the new version: these steps are gone.`,
    )
  }
  for (const [from, to] of names) {
    sessions.push(
      `Those that wait at ${from} could only be moved with the rename ${old.id}/${from} -> ${now.id}/${to}.`,
    )
  }
  if (oldTree && nowTree) {
    const changed = same
      .filter(({ before: was, after: is }) => was.id === is.id && stageOf(oldTree, was.id) !== stageOf(nowTree, is.id))
      .map(({ after: is }) => is.id)
    if (changed.length > 0) {
      sessions.push(
        `Those that wait at ${changed.join(', ')} could be moved only if what they wait for is still the same there.`,
      )
    }
  }
  return sessions
}

const stageOf = ({ root }: TreeSpec, id: string): string =>
  canonicalJson(root.children?.find(({ name }) => name === id) ?? null)
