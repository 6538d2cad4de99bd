type Schema = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  prefixItems?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  default?: unknown
  $ref?: string
}

export interface ConfigKey {
  key: string
  type: string
  isRequired: boolean
}

/** What a node's config may hold, from the JSON Schema of trees. Several forms are laid over each other. */
export function configOf(op: string, treeSchema: unknown): { keys: ConfigKey[]; forms: number } {
  const { $defs } = treeSchema as { $defs: Record<string, Schema> }
  const open = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : ($defs[schema.$ref.slice('#/$defs/'.length)] ?? {})
  const config = open($defs[`op.${op}`]!.properties!['config']!)
  const forms = formsOf(config, open)
  const names = [...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)))]
  const keys = names.map((key): ConfigKey => {
    const types = forms.flatMap(({ properties = {} }) => (key in properties ? [print(properties[key]!, open)] : []))
    return {
      key,
      type: [...new Set(types)].join(' or '),
      isRequired: forms.every(({ required = [] }) => required.includes(key)),
    }
  })
  return { keys, forms: forms.length }
}

function formsOf(schema: Schema, open: (schema: Schema) => Schema): Schema[] {
  const alternatives = schema.anyOf ?? schema.oneOf
  return alternatives === undefined ? [schema] : alternatives.flatMap((form) => formsOf(open(form), open))
}

function print(schema: Schema, open: (schema: Schema) => Schema): string {
  if (schema.$ref === '#/$defs/fieldType') return 'field type'
  const { type, items, properties, additionalProperties, required = [] } = open(schema)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives !== undefined) return alternatives.map((form) => print(form, open)).join(' or ')
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ')
  if (type === 'array') return `list of ${items === undefined ? 'any JSON' : print(items, open)}`
  if (properties !== undefined && Object.keys(properties).length > 0) {
    const inner = Object.entries(properties).map(
      ([key, value]) => `${key}${required.includes(key) ? '' : '?'}: ${print(value, open)}`,
    )
    return `{ ${inner.join(', ')} }`
  }
  if (typeof additionalProperties === 'object') return `map of ${print(additionalProperties, open)}`
  if (type === 'integer') return 'whole number'
  return typeof type === 'string' ? type : Array.isArray(type) ? type.join(' or ') : 'any JSON'
}
