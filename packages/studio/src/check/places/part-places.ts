import type { PartSource, Position } from '@copse/procedures'
import type { Places } from './places.ts'
import { readPlaces } from './read-places.ts'

/** The places of a procedure with those of its subprocedures, which stand in files of their own. */
export function readAllPlaces(source: string, parts: readonly PartSource[]): Places {
  const main = readPlaces(source)
  if (parts.length === 0) return main
  const inner = parts
    .map(({ prefix, scope, file, text }) => ({ prefix, scope, file, places: readPlaces(text) }))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)
  /** Asks the file that a step stands in, by the names that it has there. */
  function ask<Answer>(step: string, question: (places: Places, id: string, scope: string) => Answer): Answer {
    const part = inner.find(({ prefix }) => step.startsWith(prefix) || step.startsWith(`$task:${prefix}`))
    // Where it ends is the step that uses it.
    const id = step.replace(/^\$task:/, '').slice(part?.prefix.length ?? 0)
    if (!part || id === 'end') return question(main, step.replace(/\.end$/, ''), '')
    return placed(question(part.places, step.startsWith('$task:') ? `$task:${id}` : id, part.scope), part.file)
  }
  return {
    ...main,
    steps: [...main.steps, ...inner.flatMap(({ prefix, places }) => places.steps.map((step) => `${prefix}${step}`))],
    start: (step) => ask(step, (places, id) => places.start(id)),
    at: (step, path) => ask(step, (places, id) => places.at(id, path)),
    call: (step, operation) => ask(step, (places, id) => places.call(id, operation)),
    options: (step) => ask(step, (places, id) => places.options(id)),
    title: (step, index) => ask(step, (places, id) => places.title(id, index)),
    isList: (step) => ask(step, (places, id) => places.isList(id)),
    words: (step) => ask(step, (places, id) => places.words(id)),
    placeholder: (step, field) => ask(step, (places, id, scope) => places.placeholder(id, own(field, scope))),
    reading: (step, names) =>
      ask(step, (places, id, scope) =>
        places.reading(
          id,
          names.map((name) => own(name, scope)),
        ),
      ),
    targets: (step) => ask(step, (places, id) => places.targets(id)),
    keys: (step) => ask(step, (places, id) => places.keys(id)),
    lengthOf: (step, path) => ask(step, (places, id) => places.lengthOf(id, path)),
    texts: (step) => ask(step, (places, id) => places.texts(id)),
  }
}

/** A field by the name that it has in its own file. */
const own = (field: string, scope: string): string => (field.startsWith(scope) ? field.slice(scope.length) : field)

/** A place, or a list of them, with its file. */
function placed<Answer>(answer: Answer, file: string): Answer {
  if (Array.isArray(answer)) return answer.map((one: unknown) => placed(one, file)) as Answer
  return isPosition(answer) ? { ...answer, file } : answer
}

const isPosition = (answer: unknown): answer is Position =>
  typeof answer === 'object' && answer !== null && 'line' in answer && 'column' in answer
