/**
 * What a key is for, in the words that an editor shows while its author types. A key that means something else in one
 * place is listed with that place before it: the longest one that fits counts.
 */
export const meanings: Readonly<Record<string, string>> = {
  copse: 'Marks our format; always 1.',
  procedure: 'One procedure: what starts it, and its steps.',

  // of a procedure
  'procedure.id': 'What it is called in addresses, traces and versions. It does not change when the name does.',
  'procedure.name': 'What people call it.',
  'procedure.version': 'Yours to count; running conversations stay on theirs.',
  'procedure.description': 'What it is for. Helps to tell it apart when a message could mean several.',
  domain: 'A word to sort procedures by.',
  language: 'The language of texts that are not written per language.',
  triggers: 'Words and phrases that start it. The longest that fits wins.',
  fields: 'Short names for paths into what operations found, e.g. order_status: order_data.status.',
  steps: 'In any order: each says where it leads. The first is where it begins.',

  inputs: 'What it is given by the procedure that uses it as a step: name and type.',
  outputs: 'What it gives back: fields of it, with their types.',
  type: 'What kind of value it is.',
  required: 'false: it may be missing.',
  'inputs.description': 'What it is.',
  'outputs.description': 'What it is.',

  globals: 'What customers can always say, here in your words, or `off`.',
  'globals.cancel': 'Stops the conversation: "forget it". Your `say` comes instead of our sentence.',
  'globals.person': 'Passes the case to a person: "I want to talk to a person".',
  'globals.forget': 'Asks whether their data are to be deleted: "delete my data".',
  'globals.repeat': 'Says the last message again: "what did you say?".',
  'globals.corrections': 'Takes another value for what was asked before: "no, I meant ORD-789".',
  'globals.questions': 'Questions that your text answers. Only `off` can be said of them.',
  words: 'Words and phrases that mean it, too.',

  // of every step
  id: 'What other steps call it. It does not change when the name does.',
  action: 'What the step does.',
  name: 'What people call it, in traces and drawings.',
  say: 'What the customer reads, literally, but for {{path}}. One text, or one per language.',
  instruction: 'For the model that writes when there is no `say`. A customer never reads it.',
  source: 'The sentence that the step was written from. Nobody reads it while the procedure runs.',
  next_step: 'Where it goes on: the id of a step, `end` or `handoff`.',
  on_failure: 'Where it goes on when this does not succeed. Without it: an apology, and a person.',
  max_attempts: 'How often a reply that does not help is asked for again.',
  await_input: 'Waits for the customer before it goes on.',

  // silence
  on_silence: 'What happens while the customer says nothing, in order of time.',
  'on_silence.after': 'How long nothing was said: 10m, 2h, 1d.',
  'on_silence.during': 'opening_hours: what is due while it is closed waits until it opens.',
  'on_silence.do': 'nudge asks again; end closes; handoff calls a person.',
  'on_silence.goto': 'A step to go on with.',
  'on_silence.say': 'What is said then.',

  // collect_info
  extract_fields: 'What is asked for. What the customer said already is not asked again.',
  'extract_fields.key': 'The name that conditions, arguments and texts use.',
  'extract_fields.title': 'What the customer is asked for, e.g. "order number". One text, or one per language.',
  'extract_fields.description': 'What the value is, for who reads it out of a message.',
  'extract_fields.examples': 'Values as people write them. They say what it looks like.',
  'extract_fields.type': 'What kind of value it is; one that does not fit is asked for again.',
  'extract_fields.pattern': 'A regular expression that the whole value fits.',
  'extract_fields.enum': 'The only values there are.',
  'extract_fields.min': 'The least that is taken: a number, or for a date today, +30d, -1d or 2026-12-24.',
  'extract_fields.max': 'The most that is taken: a number, or for a date today, +30d, -1d or 2026-12-24.',
  required_fields: 'Asked for until they are all there.',
  required_any: 'At least one of these, or of each of these lists.',
  quiet: 'How long to wait for more before a reply is read: 3s, or 0s to read at once.',

  // tool_call
  tools: 'Operations, as alternatives: the first that can run does.',
  'tools.name': 'The operation.',
  'tools.guard_condition': 'Runs only if this holds.',
  'tools.arg_mappings': 'Arguments that are taken from fields.',
  'tools.arg_mappings.param': 'The argument.',
  'tools.arg_mappings.source': 'The field, or a path into what was found, e.g. order_data.order_id.',
  'tools.fixed_args': 'Arguments that are always the same. They win.',
  'tools.result_key': 'The field that receives the answer.',
  'tools.success_when': 'What must hold of the answer for it to count as a yes.',
  on_success: 'Where it goes on after a yes.',
  on_unavailable: 'Where it goes on when nobody knows whether it was done. Without it: a fixed line, and a person.',
  confirm: 'Asks the customer before every call, however it was reached.',
  on_declined: 'Where it goes on when the customer does not confirm.',
  compensate: 'Steps that take it back when the customer corrects what it was done with. Without it: a person.',
  ask: 'What is asked when it waits after the call.',
  save_memory: 'Remembers what was found for the next conversation: memory.order_data for the field order_data.',

  // evaluate
  conditions: 'Looked at in order; the first that holds decides.',
  'conditions.condition': 'e.g. order_status == delivered and days_since_delivery <= 30',
  'conditions.condition_description': 'What it means, for people.',
  'conditions.next_step': 'Where it goes on then.',
  else: 'Where it goes on when none holds.',
  classify: 'Asks a model to choose among labels, only if no condition holds.',
  labels: 'What the model may choose among.',
  'labels.description':
    'What the customer means then; offered to them when nobody can tell. One text, or one per language.',
  'labels.keywords': 'Words that say so without a model.',
  result_key: 'The field that receives what was decided.',

  classify_categories: 'Of the older dialect: steps that a model may choose among.',
  classify_result_key: 'Of the older dialect: the field that receives the choice.',

  // inform
  options: 'What the customer can choose: buttons or a list where the channel has them, numbers where not.',
  'options.id': 'What a tap sends; made from the label if you leave it out.',
  'options.label': 'What stands on the button.',
  'options.description': 'What choosing it means.',
  'options.detection_keywords': 'Words that count as choosing it.',
  shown_as: 'Says that a list is meant, where there are more options than a channel has buttons: list.',
  default: 'Where it goes on when every attempt was used up.',

  // decide
  table: 'A decision table: its inputs, outputs and rules; or the name of a .table.yaml or .dmn file beside this one.',
  on_none: 'Where it goes on when no rule of the table matches.',

  // confirm
  'confirm.fields': 'What is read back; everything that the procedure asks for if you leave it out.',
  on_no: 'Where a plain no leads. Without it: it is asked what is wrong.',

  // handoff
  reason: 'Why, in a word that people count.',
  summary: 'What the person reads first; {{path}} is filled in.',
  data: 'Fields that the person sees; everything that is known if you leave it out.',

  // wait
  for: 'How long it waits: 30m, 2h, 1 day.',
  until: 'The field with the day, or the day and time, that it waits for.',
  meanwhile: 'What is answered to who writes before it is time.',
  on_message: 'Where a message leads at once, instead.',

  // schedule
  in: 'How long from now: 30m, 2h, 1 day.',
  at: 'The field with the day, or the day and time, at which it is due.',
  before: 'How long before the time under `at`.',
  key: 'Tells apart what this step schedules for one customer; the same key replaces.',
  send: 'What the customer reads then.',
  cancel: 'The step whose message is not to be sent after all.',

  // save_memory
  memory: 'What is remembered of the customer: a name, and the field that it is taken from. Read as memory.name.',
  forget: 'Names that are remembered no more.',

  // subprocedure
  'subprocedure.procedure':
    'The id of another procedure beside this one. Its steps are done here, with fields of their own.',
  'subprocedure.inputs': 'What it is given: its input, and the field here that it is taken from.',
  'subprocedure.outputs': 'What it gives back: its output, and the field here that it goes to.',
  fixed_inputs: 'Inputs that are always the same.',

  // end
  outcome: 'How it ended, for reports: resolved unless said.',
}
