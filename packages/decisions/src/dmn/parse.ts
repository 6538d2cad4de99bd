import { hasErrors, type Diagnostic } from '@copse/contracts'
import type { Decision, InputData, Knowledge, Model, Service, TextPlaces } from '../model/model.ts'
import { createPlaces } from '../position.ts'
import { findBoxed } from './boxed.ts'
import { childOf, childrenOf, nameOf, referenceOf, typeOf, variableOf } from './elements.ts'
import type { Reading } from './reading.ts'
import { readType } from './item-definition.ts'
import { XmlRefusal } from './xml-refusal.ts'
import { parseXml, type Element } from './xml.ts'

export type ParsedModel =
  | { ok: true; model: Model; places: TextPlaces; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] }

/** DMN 1.2 to 1.5. */
const namespaces = new Set([
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
])

/**
 * Reads a `.dmn` file. Never throws. What its expressions mean is looked at by `compileModel`, which needs the models that
 * this one imports.
 */
export function parseDmn(xml: string): ParsedModel {
  const at = createPlaces(xml)
  try {
    const root = parseXml(xml)
    const reading = newReading(root, at)
    const model = readModel(root, reading)
    const { diagnostics, places } = reading
    return hasErrors(diagnostics) ? { ok: false, diagnostics } : { ok: true, model, places, diagnostics }
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error
    const fix = error.fix === undefined ? {} : { fix: error.fix }
    return {
      ok: false,
      diagnostics: [{ code: 'xml_invalid', severity: 'error', message: error.message, ...fix, ...at(error.offset) }],
    }
  }
}

function newReading(root: Element, at: Reading['at']): Reading {
  const diagnostics: Diagnostic[] = []
  const types = new Map(
    childrenOf(root, 'itemDefinition').map((element) => [nameOfElement(element), readType(element)]),
  )
  return {
    types,
    places: new WeakMap(),
    diagnostics,
    at,
    error(code, element, message, fix) {
      diagnostics.push({ code, severity: 'error', message, ...(fix !== undefined && { fix }), ...at(element.offset) })
    },
  }
}

const nameOfElement = (element: Element): string => nameOf(element.attributes.get('name') ?? '')

function readModel(root: Element, reading: Reading): Model {
  if (root.name !== 'definitions' || !namespaces.has(root.namespace)) {
    const message = `This is <${root.name}> of "${root.namespace}", not a DMN model.`
    reading.error('not_a_model', root, message, 'Save it as DMN 1.3, 1.4 or 1.5.')
  }
  return {
    name: nameOfElement(root),
    namespace: root.attributes.get('namespace') ?? '',
    imports: childrenOf(root, 'import').map((element) => ({
      name: nameOfElement(element),
      namespace: element.attributes.get('namespace') ?? '',
    })),
    types: [...reading.types.values()],
    inputs: childrenOf(root, 'inputData').map(readInput),
    decisions: childrenOf(root, 'decision').map((element) => readDecision(element, reading)),
    knowledge: childrenOf(root, 'businessKnowledgeModel').map((element) => readKnowledge(element, reading)),
    services: childrenOf(root, 'decisionService').map(readService),
  }
}

/** By the name of its variable, which is what expressions use. */
function named(element: Element): InputData {
  const variable = childOf(element, 'variable')
  const { name, type } = variable ? variableOf(variable) : { name: '', type: undefined }
  return {
    id: element.attributes.get('id') ?? '',
    name: name || nameOfElement(element),
    ...(type !== undefined && { type }),
  }
}

const readInput = (element: Element): InputData => named(element)

function requirementsOf(element: Element) {
  return [...childrenOf(element, 'informationRequirement'), ...childrenOf(element, 'knowledgeRequirement')]
    .flatMap((requirement) => requirement.children)
    .filter(({ name }) => name.startsWith('required'))
    .map(referenceOf)
}

function readDecision(element: Element, reading: Reading): Decision {
  const logic = findBoxed(element, reading)
  return { ...named(element), requires: requirementsOf(element), ...(logic && { logic }) }
}

function readKnowledge(element: Element, reading: Reading): Knowledge {
  const body = childOf(element, 'encapsulatedLogic')
  const isFeel = (body?.attributes.get('kind') ?? 'FEEL') === 'FEEL'
  const logic = isFeel ? findBoxed(body, reading) : undefined
  const type = typeOf(body?.attributes.get('typeRef'))
  if (logic && type !== undefined) logic.type ??= type
  return {
    ...named(element),
    requires: requirementsOf(element),
    parameters: childrenOf(body, 'formalParameter').map(variableOf),
    ...(logic && { logic }),
  }
}

const readService = (element: Element): Service => ({
  ...named(element),
  outputs: childrenOf(element, 'outputDecision').map(referenceOf),
  inputDecisions: childrenOf(element, 'inputDecision').map(referenceOf),
  inputs: childrenOf(element, 'inputData').map(referenceOf),
})
