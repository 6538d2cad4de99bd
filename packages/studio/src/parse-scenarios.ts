import { Fault } from '@copse/contracts'
import { nearestTo, parseDocument, type Path, type Position } from '@copse/procedures'
import { readYaml } from './read/yaml.ts'
import { scenarioFile, sceneFile, type Scenario, type Scene } from './scenario.ts'

export interface ScenarioFile {
  file: string
  scenarios: Scenario[]
  scene: Scene
  /** Where something of a scenario stands; the nearest thing around it when it is not written. */
  placeOf(scenario: number, path: Path): Position
}

/** A scenario file: a YAML list, or one under `scenarios` beside the `scene`. Throws `config_invalid` that names file, line and field of everything wrong. */
export function readScenarios(text: string, file: string): ScenarioFile {
  const { root: first, faults } = parseDocument(text)
  const isMapping = first?.kind === 'map'
  const lacks = isMapping && !first.entries.has('scenarios') ? lacking(first.entries.has('scene')) : undefined
  // What is no YAML yet says more by its own faults.
  if (lacks !== undefined && faults.length === 0) throw new Fault('config_invalid', { detail: `${file}:1:1 ${lacks}` })
  const { root, value } = readYaml<Scenario[] | { scene: Scene; scenarios: Scenario[] }>(
    text,
    file,
    isMapping ? sceneFile : scenarioFile,
  )
  const { scene, scenarios } = Array.isArray(value) ? { scene: {}, scenarios: value } : value
  const before: Path = isMapping ? ['scenarios'] : []
  return { file, scenarios, scene, placeOf: (scenario, path) => nearestTo(root, [...before, scenario, ...path]) }
}

const lacking = (hasScene: boolean): string =>
  hasScene
    ? '"scenarios" is missing. Add "scenarios:", and below it "- name: …" for each.'
    : 'A file of scenarios is a list. Write "- name: …" for each of them; with a `scene:`, below `scenarios:`.'

export const parseScenarios = (text: string, file: string): Scenario[] => readScenarios(text, file).scenarios
