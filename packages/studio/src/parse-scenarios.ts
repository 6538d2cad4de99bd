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
  const hasScene = parseDocument(text).root?.kind === 'map'
  const { root, value } = readYaml<Scenario[] | { scene: Scene; scenarios: Scenario[] }>(
    text,
    file,
    hasScene ? sceneFile : scenarioFile,
  )
  const { scene, scenarios } = Array.isArray(value) ? { scene: {}, scenarios: value } : value
  const before: Path = hasScene ? ['scenarios'] : []
  return { file, scenarios, scene, placeOf: (scenario, path) => nearestTo(root, [...before, scenario, ...path]) }
}

export const parseScenarios = (text: string, file: string): Scenario[] => readScenarios(text, file).scenarios
