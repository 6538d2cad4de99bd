interface Variation {
  id?: string
  name?: string
  operation?: string
}

/** A small procedure that asks for an order and looks it up. */
export const lookUp = ({ id = 'look_up', name = 'Look up', operation = 'find_order' }: Variation = {}): string => `
copse: 1
procedure:
  id: ${id}
  name: ${name}
  triggers: [where is my order]
  steps:
    - id: ask
      action: collect_info
      say: Which order?
      extract_fields:
        - key: order_id
      required_fields: [order_id]
      next_step: look
    - id: look
      action: tool_call
      say: It is {{order.status}}.
      tools:
        - name: ${operation}
          arg_mappings:
            - { param: order_id, source: order_id }
      next_step: done
    - id: done
      action: end
      say: Bye.
`

export const findOrder = {
  name: 'find_order',
  effect: 'read',
  params: { order_id: { type: 'string', required: true } },
  writes: [{ field: 'order' }],
  wire: { method: 'GET', path: '/orders/{order_id}' },
}

/** A connector that offers these; nobody listens there. */
export const shopWith = (...operations: object[]) => ({
  type: 'http',
  config: { baseUrl: 'http://127.0.0.1:8010' },
  operations,
})
