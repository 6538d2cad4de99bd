/** What a complaint puts before the customer to choose from. */
import { whatHappened } from './complaint-kind.ts'
import { orderFields } from './orders.ts'
import { both, choice, menu, type B } from './words.ts'

const recorded = (id: string, means: string, english: string, spanish: string) =>
  choice(id, means, english, spanish, [whatHappened])
const supervisor = (means: string, english: string, spanish: string) =>
  choice('ask_a_supervisor', means, `Ask a supervisor: ${english}`, `Con un supervisor: ${spanish}`)
const discontent = 'supervisor, manager, escalate, not acceptable, unacceptable, not good enough, speak to someone'

export const offerRefund = (b: B) =>
  menu(
    b,
    'offer_refund',
    'Offer a refund',
    both(
      'I am sorry about this, it is not how it should be. I can refund the order in full, give you its value as store credit, or ask a supervisor to take it up. What would you like?',
      'Lo lamento, no debería haber pasado. Puedo reembolsarle todo el pedido, darle su valor como crédito en la tienda o pedir a un supervisor que se ocupe. ¿Qué prefiere?',
    ),
    [
      choice(
        'refund',
        'The customer wants the money back',
        'Refund: refund, money back, money',
        'Reembolso: reembolso, dinero, devolución',
      ),
      choice(
        'store_credit',
        'The customer takes store credit',
        'Store credit: credit, store credit, voucher',
        'Crédito en la tienda: crédito, vale de compra',
      ),
      supervisor(
        'The customer is not content and wants a supervisor',
        `${discontent}, ridiculous`,
        'responsable, encargado, inaceptable',
      ),
    ],
  )

export const offerCredit = (b: B) =>
  menu(
    b,
    'offer_credit',
    'Offer store credit',
    both(
      'I am sorry about this. The order was delivered {{days_since_delivery}} days ago, so a refund is no longer possible, but I can give you its full value as store credit, or ask a supervisor to look at it. What would you like?',
      'Lo lamento. El pedido se entregó hace {{days_since_delivery}} días y ya no se puede reembolsar, pero puedo darle todo su valor como crédito en la tienda o pedir a un supervisor que lo revise. ¿Qué prefiere?',
    ),
    [
      choice(
        'store_credit',
        'The customer takes store credit',
        'Store credit: credit, store credit, accept, yes, okay, sure, fine, sounds good',
        'Crédito en la tienda: crédito, acepto, sí, vale, de acuerdo',
      ),
      supervisor(
        'The customer is not content and wants a supervisor',
        `${discontent}, ridiculous`,
        'responsable, encargado, inaceptable',
      ),
      recorded(
        'no_thank_you',
        'The customer only wanted us to know',
        'No, thank you: no, no thanks, never mind, leave it, nothing',
        'No, gracias: no gracias, déjelo, nada',
      ),
    ],
  )

export const offerPatience = (b: B) =>
  menu(
    b,
    'offer_patience',
    'Still being prepared',
    both(
      'Your order is still being prepared and has not left yet; I am sorry that it takes so long. I can put your complaint on record so that it is looked at, or ask a supervisor to speed it up. What would you like?',
      'Su pedido aún se está preparando y no ha salido; lamento la espera. Puedo dejar constancia de su queja para que se revise, o pedir a un supervisor que lo agilice. ¿Qué prefiere?',
    ),
    [
      recorded(
        'put_it_on_record',
        'The customer waits and wants it noted',
        'Put it on record: record, note, wait, okay, yes, fine, sure',
        'Dejar constancia: constancia, esperar, espero, sí, vale',
      ),
      supervisor(
        'The customer wants it sped up',
        'supervisor, manager, escalate, speed, faster, not acceptable, unacceptable',
        'responsable, agilizar, inaceptable',
      ),
    ],
  )

export const offerApology = (b: B) =>
  menu(
    b,
    'offer_apology',
    'Apologise',
    both(
      'Thank you for telling me. I am sorry; that is not how we want to treat anybody. I can put it on record for the team, or have a supervisor get back to you. What would you like?',
      'Gracias por contármelo. Lo siento; no es como queremos tratar a nadie. Puedo dejar constancia para el equipo o pedir a un supervisor que le responda. ¿Qué prefiere?',
    ),
    [
      recorded(
        'put_it_on_record',
        'The customer is content with it being noted',
        'Put it on record: record, note, okay, yes, fine, sure, thanks',
        'Dejar constancia: constancia, apuntar, sí, vale, gracias',
      ),
      supervisor('The customer wants a supervisor', `${discontent}, call me`, 'responsable, encargado, inaceptable'),
    ],
  )

export const offerCheck = (b: B) =>
  menu(
    b,
    'offer_check',
    'Offer to check the charge',
    both(
      'I am sorry about the charge. I can put it on record for our accounts team to check, or have a supervisor get back to you about it. What would you like?',
      'Lamento lo del cobro. Puedo dejar constancia para que contabilidad lo revise, o pedir a un supervisor que le responda. ¿Qué prefiere?',
    ),
    [
      recorded(
        'have_it_checked',
        'The customer wants the accounts team to check the charge',
        'Have it checked: check, checked, record, note, okay, yes, fine, sure',
        'Que lo revisen: revisar, revisen, constancia, sí, vale',
      ),
      supervisor('The customer wants a supervisor', `${discontent}, call me`, 'responsable, encargado, inaceptable'),
    ],
  )

export const orderNotFound = (b: B) =>
  menu(
    b,
    'order_not_found',
    'Order not found',
    both(
      'I could not find that among your orders. Shall we try again, go on without the order, or ask a supervisor?',
      'No lo encuentro entre sus pedidos. ¿Lo intentamos de nuevo, seguimos sin el pedido o preguntamos a un supervisor?',
    ),
    [
      choice(
        'try_again',
        'The customer gives the order once more, or another one',
        'Try again: try, again, another, different, yes, sure',
        'Intentarlo de nuevo: otra vez, de nuevo, otro, sí',
        orderFields,
      ),
      choice(
        'go_on_without_it',
        'The customer goes on without an order',
        'Go on without it: without, go on, continue, skip, leave it, never mind, no',
        'Seguir sin él: sin, seguir, continuar, déjelo',
      ),
      supervisor(
        'The customer wants help from a person',
        'help, supervisor, manager, escalate, person, someone',
        'ayuda, persona, responsable',
      ),
    ],
  )
