import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Asks for a name, thanks, ends. */
export const greetProcedure = (farewell = 'Thank you, {{name}}.') => `copse: 1
procedure:
  id: greet
  name: Greeting
  version: "1"
  triggers: [hello]
  steps:
    - id: ask
      action: collect_info
      say: {en: What is your name?}
      extract_fields:
        - {key: name, title: name, type: text, description: The name}
      required_fields: [name]
      next_step: thank
      on_failure: thank
    - id: thank
      action: end
      say: {en: "${farewell}"}
`

/** The same, to somebody who says nothing: a nudge, and then a person. */
export const patientProcedure = greetProcedure().replace(
  '      on_failure: thank\n',
  `      on_failure: thank
      on_silence:
        - {after: 10m, do: nudge, say: {en: Are you still there?}}
        - {after: 1h, do: handoff}
`,
)

export const tenantYaml = `tenant: {slug: toy, name: Toy}
procedures: [greet.yaml]
demo: {customers: [{id: CUST-1, name: Ana Silva}, CUST-2]}
data: data
`

/** A folder with a tenant of one procedure; any file may be given another content. */
export async function writeTenant(files: Record<string, string> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'copse-local-'))
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text)
  for (const [name, text] of Object.entries({ 'tenant.yaml': tenantYaml, 'greet.yaml': greetProcedure(), ...files })) {
    await write(name, text)
  }
  return { folder, file: path.join(folder, 'tenant.yaml'), write, remove: () => rm(folder, { recursive: true }) }
}
