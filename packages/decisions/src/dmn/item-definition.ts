import type { ItemDefinition } from '../model/model.ts'
import { childOf, childrenOf, nameOf, textOf, typeOf, variableOf } from './elements.ts'
import type { Element } from './xml.ts'

/** `itemDefinition` and the `itemComponent`s in it. */
export function readType(element: Element): ItemDefinition {
  const fields = childrenOf(element, 'itemComponent').map(readType)
  const values = textOf(childOf(element, 'allowedValues') ?? childOf(element, 'typeConstraint'))
  const type = typeOf(childOf(element, 'typeRef')?.text)
  const signature = childOf(element, 'functionItem')
  return {
    name: nameOf(element.attributes.get('name') ?? ''),
    ...(type !== undefined && { type }),
    ...(element.attributes.get('isCollection') === 'true' && { collection: true }),
    ...(fields.length > 0 && { fields }),
    ...(values !== '' && { values }),
    ...(signature && { function: readSignature(signature) }),
  }
}

function readSignature(element: Element): NonNullable<ItemDefinition['function']> {
  const result = typeOf(element.attributes.get('outputTypeRef'))
  return { parameters: childrenOf(element, 'parameters').map(variableOf), ...(result !== undefined && { result }) }
}
