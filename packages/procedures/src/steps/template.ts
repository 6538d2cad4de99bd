/** The `{{path}}`s of a customer text. A lone brace is a brace. */
export function placeholdersIn(text: string): { fields: string[]; fault?: string } {
  const fields: string[] = []
  const rest = text.replace(/\{\{\s*([\w.$-]+)\s*\}\}/g, (_, path: string) => {
    fields.push(path)
    return ''
  })
  return /\{\{|\}\}/.test(rest) ? { fields, fault: 'A "{{" here does not hold a field.' } : { fields }
}
