import type { Cues } from './cues.ts'

const someone = '(?:al |a la |a nuestro |a )?(?:usuario|usuaria|cliente|clienta|paciente|persona)'

export const spanish: Cues = {
  cases: /(?<!\p{L})(?:si|salvo|cuando|excepto|en caso|de lo contrario|según|a menos que|solo para)(?!\p{L})/iu,
  asks: new RegExp(
    `(?<!\\p{L})(?:(?:pida|pide|pedir|pídale|solicite|solicita|solicitar|pregunte|pregunta)(?: ${someone})?(?: por)?)\\s+(?<what>.+)$`,
    'iu',
  ),
  between: /\s*,\s*(?:y\s+|e\s+)?|\s+[ye]\s+|\s+así como\s+/i,
  until: /\s*(?:[.;:(]|(?<!\p{L})(?:antes|para que|que|asociad[oa]|con el que|desde|si|cuando|a fin)(?!\p{L}).*).*$/iu,
  articles: /^(?:el |la |los |las |su |sus |un |una )?/i,
  tells: new RegExp(
    `^(?:informe|informa|diga|dígale|avise|avisa|comunique)(?: ${someone})?(?: de)? que (?<what>.+?)[.]?$`,
    'iu',
  ),
  hands:
    /(?<!\p{L})(?:escale|escala|escalar|derive|transfiera|pase (?:el caso|la llamada)|pasar (?:el caso|a una persona))(?!\p{L})/iu,
  courtesy: /^(?:salude|saluda|dé la bienvenida|agradezca|agradece|dé las gracias|discúlpese|preséntese)(?!\p{L})/iu,
  states:
    /^(?:el|la|los|las|este|esta|estos|estas|ese|esa|ambos|ambas|todo|toda|todos|todas|nuestro|nuestra|hay|nota)(?!\p{L})/iu,
  obliges: /(?<!\p{L})(?:debe|deben|debería|tiene que|tienen que|hay que|ha de)(?!\p{L})/iu,
  paperwork:
    /(?<!\p{L})(?:procedimiento|proceso|política|protocolo|instrucciones|guía|cómo|gestión)(?!\p{L})(?: (?:de|para)(?: la| el| los| las)?)?|[#:]/giu,
  askFor: (things) => `¿Podría darme ${things.map((thing) => `su ${thing}`).join(' y ')}?`,
}
