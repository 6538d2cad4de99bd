import { compileProcedure } from '../compile.ts'
import { catalogue } from './catalogue.ts'

/** A flow without a fault, to be broken in one place. */
export const sound = `copse: 1
flow:
  id: salon
  initial_state: MENU
  global_transitions:
    - {on_payload: menu, target: MENU}
  services:
    cut: {name: Haircut, minutes: 30}
  states:
    MENU:
      on_enter:
        - action: send_interactive_buttons
          body: {en: What can I do for you?}
          buttons:
            - {id: book, title: Book}
            - {id: look, title: My order}
      transitions:
        - {on_payload: book, target: SERVICE}
        - {on_payload: look, target: LOOK}
      fallback: MENU
    SERVICE:
      on_enter:
        - action: send_text
          text: Which one, {{message.contact_name}}?
      transitions:
        - on_payload_prefix: service_
          extract_suffix_as: service
          set_data: {wanted: "{{data.service_name}} on {{data.today}}"}
          target: LOOK
        - {on_type: text, condition: data.service exists, target: end}
      fallback: handoff
    LOOK:
      on_enter:
        - action: invoke_connector
          operation: lookup_order
          params: {order_id: "{{message.text}}"}
          result_key: found
          on_error: SORRY
        - action: send_dynamic_options
          source_key: found
          text: "{{data.wanted}}"
          empty_text: None.
      transitions:
        - {on_payload_prefix: order_, extract_suffix_as: picked, target: MENU}
      fallback: MENU
    SORRY:
      on_enter:
        - {action: send_text, text: Sorry.}
      transitions:
        - {always: true, target: MENU}
`

/** `severity line:column code` and the fix, one for each. */
export function faultsOf(source: string): string[] {
  const { diagnostics } = compileProcedure(source, catalogue, { file: 'salon.flow.yaml' })
  return diagnostics.map(
    ({ line, column, code, fix, severity }) =>
      `${severity} ${line}:${column} ${code}${fix === undefined ? '' : ` ${fix}`}`,
  )
}
