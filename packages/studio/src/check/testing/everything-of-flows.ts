/** What the flow that we ship does not use: lists of two kinds, media, conditions on what is said, lines, errors that fall back. */
export const everythingOfFlows = `copse: 1
flow:
  id: everything
  initial_state: MENU
  services:
    cut: {name: Cut, minutes: 30}
    beard: {name: Beard, minutes: 20, extra: foam}
  global_transitions:
    - {on_payload: menu, target: MENU, priority: true}
    - {on_payload_prefix: later_, extract_suffix_as: later, target: LATER}
    - {on_type: text, condition: message.text == help, target: handoff}
  tasks:
    ask:
      actions:
        - {action: invoke_connector, operation: get_future_appointments, result_key: mine}
        - action: send_interactive_buttons
          body: How was {{data.service_name}}?
          buttons: [{id: "later_{{data.service}}", title: Later}, {id: menu, title: Menu}]
  states:
    MENU:
      on_enter:
        - action: send_interactive_list
          body: Hello {{message.contact_name}}
          sections:
            - rows: [{id: service_cut, title: Cut}, {id: service_beard, title: Beard}]
            - rows: [{id: photo, title: Photo}, {id: slots, title: Slots}]
      transitions:
        - {on_payload_prefix: service_, extract_suffix_as: service, target: SERVICE}
        - {on_payload: photo, set_data: {wanted: photo}, target: PHOTO}
        - {on_payload: slots, target: SLOTS}
        - {on_type: text, condition: message.text contains cut, set_data: {said: "{{message.text}}"}, target: PHOTO}
    SERVICE:
      on_enter:
        - {action: send_text, text: "{{data.service_name}}, {{data.service_minutes}} minutes."}
        - {action: schedule_task, task: ask, in: 1h, data: {service: "{{data.service}}", service_name: "{{data.service_name}}"}}
        - {action: invoke_connector, operation: list_slots, params: {name: "x {{data.service}}"}, result_key: found, success_when: data.found.found == true}
      transitions:
        - {always: true, condition: data.service == cut and data.found.count > 2, target: SLOTS}
        - {always: true, condition: data.found.count == 0, target: LATER}
        - {on_type: text, target: MENU}
      fallback: PHOTO
    PHOTO:
      on_enter:
        - {action: send_text, text: Send a photo.}
      transitions:
        - {on_type: image, set_data: {photo: "{{message.media_id}}"}, target: LATER}
        - {on_type: text, condition: data.wanted == photo, target: SLOTS}
      fallback: PHOTO
    SLOTS:
      on_enter:
        - {action: invoke_connector, operation: get_available_days, result_key: days, on_error: SORRY}
        - {action: send_dynamic_options, source_key: days, text: Which?, empty_text: None.}
      transitions:
        - {on_payload_prefix: day_, extract_suffix_as: day, set_data: {title: "{{message.title}}"}, target: LATER}
        - {on_payload_prefix: hour_, extract_suffix_as: hour, condition: connector.calendar.open, target: SORRY}
      fallback: MENU
    LATER:
      on_enter:
        - {action: invoke_connector, operation: get_future_appointments, result_key: appointments}
        - {action: send_dynamic_options, source_key: appointments, text: Yours, empty_text: You have none.}
        - {action: schedule_task, task: ask, at: "{{data.appointments.slot}}", key: x}
        - {action: cancel_task, task: ask, key: x}
      transitions:
        - {on_type: text, target: end}
      fallback: MENU
    SORRY:
      on_enter:
        - {action: send_text, text: Sorry.}
      transitions:
        - {always: true, condition: data.day exists, target: MENU}
        - {always: true, target: handoff}
`
