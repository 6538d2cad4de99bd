/** Steps that the shipped library does not use: reads back, waits, writes later, a model's choice, silence. */
export const everything = `copse: 1
procedure:
  id: everything
  triggers: [everything]
  on_silence:
    - {after: 10m, do: nudge}
    - {after: 1h, goto: quiet}
  steps:
    - id: ask
      action: collect_info
      say: Which order is it, and what does it cost?
      extract_fields:
        - {key: order_id, title: order number, description: Order number, examples: [ORD-123]}
        - {key: amount, title: amount, type: amount, description: Price, examples: ["$80"]}
      required_fields: [order_id]
      next_step: check
      on_failure: handoff
    - id: check
      action: confirm
      next_step: kind
      on_no: ask
    - id: kind
      action: evaluate
      conditions:
        - {condition: amount > 100, next_step: person}
        - {condition: amount < 10, next_step: pause}
      classify:
        labels:
          - {id: broken, description: Something is broken, keywords: [broken], next_step: find}
          - {id: late, description: Something is late, keywords: [late], next_step: later}
        result_key: kind_of_fault
      else: ask
    - id: find
      action: tool_call
      tools:
        - {name: lookup_order, arg_mappings: [{param: order_id, source: order_id}], guard_condition: kind_of_fault == broken}
        - {name: search_orders, arg_mappings: [{param: amount, source: amount}]}
      await_input: true
      ask: Is it this one?
      on_success: pay
      on_failure: ask
    - id: pay
      action: tool_call
      confirm: true
      tools:
        - {name: issue_refund, arg_mappings: [{param: order_id, source: order_data.order_id}]}
      on_success: later
      on_failure: person
      on_declined: pause
      compensate: take_back
    - id: take_back
      action: tool_call
      tools:
        - {name: update_case_status, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {status: open}}
    - id: pause
      action: wait
      for: 2h
      say: I will look at it again.
      on_message: find
      next_step: later
    - id: later
      action: schedule
      in: 1d
      send: Are you content?
      next_step: done
    - id: quiet
      action: inform
      say: I take it that all is well. Shall we go on?
      options:
        - {label: Go on, detection_keywords: ["yes"], next_step: ask}
        - {label: Stop, detection_keywords: ["no"], next_step: done}
    - id: person
      action: handoff
      say: A colleague will write to you.
    - id: done
      action: end
      say: Goodbye.
`
