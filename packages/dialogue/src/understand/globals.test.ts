import { describe, expect, it } from 'vitest'
import { globalIn, isQuestion } from './globals.ts'

const what = (text: string): string | undefined => globalIn({ text })?.what

describe('what can be said at any time', () => {
  it.each([
    ['forget it', 'cancel'],
    ['no, forget it', 'cancel'],
    ['Never mind, thanks', 'cancel'],
    ['cancel', 'cancel'],
    ['Cancel please!', 'cancel'],
    ['cancel everything', 'cancel'],
    ['I want to cancel everything', 'cancel'],
    ['Olvídelo', 'cancel'],
    ['da igual, cancélalo', 'cancel'],
    ['Me da igual, cancélelo por favor', 'cancel'],
    ['no importa, déjalo', 'cancel'],
    ["it doesn't matter, leave it", 'cancel'],
    ['no, cancela', 'cancel'],
    ['no thanks, cancel', 'cancel'],
    ['no quiero seguir', 'cancel'],
    ['what did you say?', 'repeat'],
    ['Sorry, can you repeat that?', 'repeat'],
    ['¿Puede repetir la pregunta?', 'repeat'],
    ['I want to talk to a person', 'person'],
    ['agent', 'person'],
    ['an agent please', 'person'],
    ['Agent!!', 'person'],
    ['live agent pls', 'person'],
    ['operator', 'person'],
    ['talk to agent', 'person'],
    ['can I speak with an agent?', 'person'],
    ['agente', 'person'],
    ['un agente, por favor', 'person'],
    ['quiero hablar con un asesor', 'person'],
    ['Quiero hablar con una persona', 'person'],
    ['delete my data', 'forget'],
    ['Can you please delete all my data?', 'forget'],
    ['Borren mis datos, por favor', 'forget'],
  ])('«%s» means %s', (text, meant) => {
    expect(what(text)).toBe(meant)
  })

  it.each([
    "don't forget it",
    'please do not cancel everything',
    'do not delete my data',
    'no borre mis datos',
    'cancel my order',
    'I want to cancel my appointment on Friday',
    'can I cancel this?',
    'stop the delivery to my neighbour',
    'my database was deleted',
    'the repeater is broken',
    'not a person',
    'travel agent',
    'my travel agent booked it',
    'I am a real estate agent',
    'the operator of the crane',
    'agent Smith',
    'no agent',
    'cleaning agent',
    'no cancele',
    'cancel it',
    'cancélalo',
    'da igual, no lo canceles',
    'no cancelar',
    'para salir',
    'cancélalo cuando llegue el pedido',
    'da igual el color',
    'whatever',
    '',
  ])('«%s» means none of it', (text) => {
    expect(what(text)).toBeUndefined()
  })

  it('is the longer of two phrases', () => {
    expect(what('never mind, delete my personal data')).toBe('forget')
  })

  it('knows whether anything else was said', () => {
    expect(globalIn({ text: 'oh, forget it please' })).toMatchObject({ alone: true })
    expect(globalIn({ text: 'the driver said forget it and left' })).toMatchObject({ alone: false })
  })

  it('is a button wherever it was shown, and no other button is', () => {
    expect(globalIn({ text: '', payload: '$cancel' })).toMatchObject({ what: 'cancel', by: 'button' })
    expect(globalIn({ text: 'forget it', payload: 'option_1' })).toBeUndefined()
  })

  it('knows a question from a statement', () => {
    expect(isQuestion('how long does delivery take')).toBe(true)
    expect(isQuestion('¿Aceptan tarjetas')).toBe(true)
    expect(isQuestion('ORD-123')).toBe(false)
    expect(isQuestion('whatever')).toBe(false)
  })
})
