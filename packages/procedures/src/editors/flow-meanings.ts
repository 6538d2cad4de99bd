/** As `meanings`, of the keys of a flow. */
export const flowMeanings: Readonly<Record<string, string>> = {
  copse: 'Marks our format; always 1.',
  flow: 'One flow: its states, and what leads from one to the next.',

  // of a flow
  'flow.id': 'What it is called in addresses, traces and versions. It does not change when the name does.',
  'flow.name': 'What people call it.',
  'flow.version': 'Yours to count; running conversations stay on theirs.',
  'flow.description': 'What it is for.',
  'flow.language': 'The language of texts that are not written per language.',
  'flow.triggers': 'Words and phrases that start it. A flow also gets what no trigger claims.',
  'flow.initial_state': 'Where a conversation begins. Coming back to it empties the data.',
  'flow.global_transitions': 'Transitions of every state, tried after its own.',
  'flow.states': 'By name. Each says its part when it is entered, and then waits.',
  'flow.services': 'Things to choose among, by name: a suffix that names one fills data.service_<property>.',
  'flow.tasks': 'By name: what can be scheduled to happen later.',
  'flow.standing_schedules':
    'Tasks that run again and again, whoever is a customer. They call operations; nobody reads what they say.',

  // of a state
  'state.name': 'What people call it, in traces and drawings.',
  'state.on_enter': 'What it does when it is entered, in order.',
  'state.transitions': 'Which message leads where; the first that holds is taken.',
  'state.fallback': 'Where everything else leads. The state itself: it says its part again.',
  'state.llm_fallback':
    'true: whatever the tenant’s text answers is answered, and it waits on. false: nothing is. Without it: questions are.',

  // of a transition
  'transition.on_payload': 'The button or row with this id was chosen.',
  'transition.on_payload_prefix': 'One whose id begins so was chosen.',
  'transition.extract_suffix_as': 'The field of data that takes what follows the prefix.',
  'transition.on_type': 'The kind of message: text, button, list, image, audio, video, document, location; or several.',
  'transition.condition': 'A condition on data.…, message.… or connector.<name>.open.',
  'transition.always': 'At once, without waiting, when the state is entered.',
  'transition.set_data': 'Fields of data to set before the target is entered. One whole {{path}} keeps its type.',
  'transition.target': 'A state, `end` or `handoff`.',
  'transition.priority': 'Of a global transition: tried before a state’s own.',

  // of a task
  'task.name': 'What people call it.',
  'task.actions': 'What it does, in order. When one fails, a person is told.',
  'standing.task': 'The task.',
  'standing.when': 'When it recurs, e.g. {daily: "09:00"}.',

  // of every action
  action: 'What it does.',
  text: 'What the customer reads, but for {{path}}. One text, or one per language.',
  body: 'What the customer reads above the options. One text, or one per language.',
  button_label: 'Kept for older files: what stands on the button that opens a list is the channel’s.',
  'send_text.text': 'What the customer reads, but for {{path}}. One text, or one per language.',
  buttons: 'What can be chosen.',
  sections: 'Rows to choose from, in sections. All rows count as one list.',
  'sections.title': 'Of the section. No channel shows it yet.',
  rows: 'What can be chosen.',
  id: 'What a tap sends; transitions listen for it.',
  title: 'What stands on it. One text, or one per language.',
  description: 'A second line, the same in every language.',
  source_key: 'The field with the list to offer: {id, title, description?} each.',
  empty_text: 'What is said instead when there is nothing to choose from.',
  connector: 'For who reads it: the name of the operation says which connector offers it.',
  operation: 'What is called.',
  params: 'Its arguments. One whole {{path}} keeps its type.',
  result_key: 'The field of data that takes the answer.',
  success_when: 'What must hold of the answer for it to count as a success.',
  on_error: 'Where it goes when the call fails. Without it: an apology, and the `fallback`.',
  'schedule_task.task': 'The task.',
  'cancel_task.task': 'The task.',
  'schedule_task.key': 'Tells apart what is scheduled for one customer; the same key replaces.',
  'cancel_task.key': 'Which of those that were scheduled.',
  in: 'How long from now: 30m, 2h, 1 day.',
  at: 'A day and time, e.g. "{{data.appointment.slot}}".',
  before: 'How long before the time under `at`.',
  every: 'Again and again, e.g. {daily: "09:00"} or {cron: "0 9 * * 1-5"}.',
  data: 'What the task knows. Without it: all that is known now.',
}
