import { describe, expect, it } from 'vitest'
import { asksForPerson, wantsPerson, yesOrNo } from './words.ts'

describe('yes and no', () => {
  it.each([
    'yes',
    'Yes!',
    'yesss',
    'yep',
    'ok',
    'okay then',
    '👍🏽',
    'please',
    "that's the one",
    'Sí',
    'claro, adelante',
    'claro que sí',
    'yes please',
    'yes, that is right, thank you',
    'no problem',
    'Sounds good to me',
    'yes, no problem',
    'sin problema',
    'sí, no hay problema',
    'sin duda',
    'absolutely',
    'por supuesto',
    'está bien',
    'así es',
    'dale',
    'afirmativo',
    '✔️',
    'y',
    's',
    'that is it',
    'looks good to me',
    'está bien así',
    'dale, gracias',
    'por supuesto que sí',
    'yes, no doubt about it',
    'no problem, go ahead',
  ])('hears yes in «%s»', (text) => {
    expect(yesOrNo(text)).toBe('yes')
  })
  it.each([
    'no',
    'nooo',
    '👎',
    'No, thanks',
    "that's wrong",
    'not that one',
    'nope',
    'yes no wait, no',
    'yes but not that one',
    'no problems but not this order',
    'neither of them',
    'I meant the yoga mat',
    'the other one please',
    'me refería a las botas',
    'ninguno',
    'n',
    'negative',
    'por supuesto que no',
    'no está bien',
    'yes that wasnt me',
    "that wasn't me",
    'no hay problema, pero no lo quiero',
    'definitely not',
  ])('hears no in «%s»', (text) => {
    expect(yesOrNo(text)).toBe('no')
  })
  it.each([
    '',
    'maybe',
    'not sure',
    "I don't know",
    'dunno',
    'yesterday',
    'yes?',
    'yes but which card',
    'can you explain please',
    'more details please',
    'please wait',
    'ok, hold on a moment',
    'what is right?',
    'sí, pero espere',
    'no lo sé',
    'no estoy segura',
    '🙃',
    'is it',
    'yes is it refundable',
    'yes can I pay by card',
    'yes do you take cards',
    'yes where is it',
    'si me puede decir el precio',
    'sí, a qué hora',
    'y el desayuno',
    'y el precio',
    'ok so what I wanted to tell you is a very long story',
    'absolutely useless',
    'it is definitely broken',
    'i absolutely refuse',
    'please do a refund instead',
    'tampoco está bien',
    'está bien caro',
    'dale de baja',
    "no worries, I'll pass",
    'no problem, leave it as is',
    'sin problemas, lo dejamos',
    'no doubt you will charge me',
    's?',
    "yes, it hasn't arrived",
    'yes i havent received it',
  ])('hears neither in «%s»', (text) => {
    expect(yesOrNo(text)).toBeUndefined()
  })
})

describe('who was asked whether to cancel', () => {
  it.each([
    ['yes, cancel it', 'Shall I cancel your order?', 'yes'],
    ['yes, go ahead and cancel it', 'I would cancel your booking. Shall I?', 'yes'],
    ['sí, cancela', '¿Cancelo su reserva?', 'yes'],
    ['yes please stop it', 'Shall I stop your deliveries?', 'yes'],
    ['yes, cancel it', 'Shall I book it?', 'no'],
    ['yes, cancel it', 'I have cancelled that one. Shall I book this one?', 'no'],
    ["no, don't cancel it", 'Shall I cancel your order?', 'no'],
    ['no', 'Shall I cancel your order?', 'no'],
    ['yes, cancel', 'Shall I book the table? You can cancel for free until 5.', 'no'],
    ['ok, cancel it', 'You may cancel at any time. Shall I charge your card?', 'no'],
    ['yes cancel it', 'I would book it; you can cancel for free. Shall I?', 'no'],
    ['sí, cancela', 'Se puede cancelar gratis. ¿Reservo?', 'no'],
    ['yes stop', 'Shall I refund it? Reply STOP to hear no more.', 'no'],
    ['yes, cancel it', 'I can cancel it for you. Shall I?', 'yes'],
    ['yes, cancel it', 'Please say yes to cancel your order.', 'yes'],
    ['cancel', 'Shall I cancel your order?', undefined],
  ])('hears in «%s» to «%s» %s', (text, asked, answer) => {
    expect(yesOrNo(text, asked)).toBe(answer)
  })
})

describe('asking for a person', () => {
  it.each([
    'talk to a person',
    'I want to speak to someone',
    'give me your manager',
    'please escalate',
    'quiero hablar con una persona',
  ])('is heard in «%s»', (text) => {
    expect(wantsPerson(text)).toBe(true)
  })
  it.each(['', 'my order', 'no manager please', 'personal reasons'])('is not heard in «%s»', (text) => {
    expect(wantsPerson(text)).toBe(false)
  })
})

describe('asking for a person where any text would be an answer', () => {
  it.each([
    'a human please',
    'supervisor!',
    'let me talk to a person',
    'I need a real person',
    'get me your manager',
    'prefiero hablar con una persona',
    'una persona, por favor',
    'agent',
    'an agent please',
    'hola, un agente',
    'I want to speak to someone',
  ])('is heard in «%s»', (text) => {
    expect(asksForPerson(text)).toBe(true)
  })
  it.each([
    'the manager was rude',
    'your representative hung up on me',
    'quiero quejarme de una persona',
    'the travel agent lost my bag',
    'travel agent',
    'no agent',
    'insurance agent please',
    'broken',
    '',
  ])('is not heard in «%s»', (text) => {
    expect(asksForPerson(text)).toBe(false)
  })
})
