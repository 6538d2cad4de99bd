import { wordsOf, type Word } from './words.ts'

/**
 * What customers say and what authors call it, side by side. A topic is shared evidence: "broken" in a message speaks
 * for a label about quality. English and Spanish.
 */
interface Topic {
  /** Words that count in labels only: a customer who writes "product" says nothing about quality. */
  names: readonly string[]
  /** Words that count on both sides. */
  signs: readonly string[]
  /** Words that count in messages only: a broken thing is a grievance, a label about broken things is not. */
  symptoms?: readonly string[]
}

const words = (text: string): string[] => text.trim().split(/\s+/)

const topics: Record<string, Topic> = {
  quality: {
    names: words('quality product products calidad producto'),
    signs: words(`broken broke break defective defect defects damaged damage faulty cracked scratched torn dead
      malfunction malfunctioning stopped working works work fake dirty stained rota roto defectuoso defectuosa danado
      danada averiado averiada funciona estropeado estropeada`),
  },
  delivery: {
    names: words('delivery shipping shipment entrega envio'),
    signs: words(`late lost arrive arrives arrived arriving deliver delivered delivery shipped shipping package parcel
      courier carrier tracking transit delayed delay missing waiting sent received recibido enviaron tarde llego llegado llega paquete perdido retraso
      repartidor`),
  },
  billing: {
    names: words('billing payment facturacion pago'),
    signs: words(`bill billed billing charge charged charges overcharged invoice price priced pricing card twice double
      fee fees debit debited payment paid cobro cobrado cobraron cobrar factura precio tarjeta cargo doble`),
  },
  service: {
    names: words('service support servicio atencion soporte'),
    signs:
      words(`rude agent agents staff representative employee attitude impolite unhelpful ignored unprofessional hung
      grosero grosera agente empleado empleada maleducado maleducada personal`),
  },
  return: {
    names: words('refund refunds return returns reembolso devolucion'),
    signs: words(`refund refunded return returned money-back exchange devolver devolucion reembolso`),
  },
  grievance: {
    names: words('reclamacion'),
    signs: words(`complaint complaints complain unhappy dissatisfied disappointed queja quejas quejarme`),
    symptoms: words(`terrible awful unacceptable worst angry wrong broken defective damaged faulty late lost rude
      overcharged never enfadado molesto pesimo`),
  },
  fraud: {
    names: words('fraud fraude'),
    signs: words(`fraud fraudulent suspicious stolen hacked unauthorized unauthorised scam phishing fraude sospechoso
      robado robada estafa`),
  },
  appointment: {
    names: words('appointment booking reservation cita reserva'),
    signs: words(`appointment book booking schedule reschedule slot reservation reserve cita reservar reserva agendar`),
  },
}

/** Topics that a label is about. */
export const topicsOfLabel = (text: string): Set<string> => topicsIn(wordsOf(text), true)

/** Topics that a customer's words are signs of. */
export const topicsOfMessage = (text: readonly Word[]): Set<string> => topicsIn(text, false)

function topicsIn(said: readonly Word[], asLabel: boolean): Set<string> {
  const found = new Set<string>()
  for (const [topic, { names, signs, symptoms = [] }] of Object.entries(topics)) {
    const own = asLabel ? names : symptoms
    if (said.some((word) => signs.includes(word.plain) || own.includes(word.plain))) found.add(topic)
  }
  return found
}
