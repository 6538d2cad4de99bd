import type { Cues } from './cues.ts'

const someone = '(?:the |a |our )?(?:user|customer|client|caller|guest|patient|member|person|them|him|her)'

export const english: Cues = {
  cases: /\b(?:if|unless|otherwise|in case|whether|when|whenever|depending|except|only for|or else)\b/i,
  asks: new RegExp(
    `\\b(?:(?:ask|request)(?: ${someone})? (?:for|to (?:give|provide|tell us))|(?:collect|obtain|get|take down|note down|request)(?= (?:the|their|his|her|a|an|your)\\b))\\s+(?<what>.+)$`,
    'i',
  ),
  between: /\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+as well as\s+/i,
  until:
    /\s*(?:[.;:(]|\b(?:associated|before|so that|that|which|from|in order|used|they|to|on|for|linked|registered|if|with|when)\b).*$/i,
  articles: /^(?:both |also )?(?:the |their |his |her |a |an |your |any )?(?:customer's |user's |caller's |full )?/i,
  tells: new RegExp(
    `^(?:then )?(?:inform|tell|advise|notify|let|remind|assure) ${someone}(?: know)?,? that (?<what>.+?)[.]?$`,
    'i',
  ),
  hands:
    /\b(?:escalate|hand (?:it |this |the \w+ )?(?:over|off)|transfer|pass (?:it |this |the \w+ )?(?:on )?to|forward)\b/i,
  courtesy: /^(?:greet|welcome|thank|introduce yourself|apologi[sz]e|say (?:hello|goodbye))\b/i,
  states: /^(?:the|this|that|these|those|both|they|it|a|an|all|every|our|we|he|she|customers|users|there|note)\b/i,
  obliges: /\b(?:must|shall|should|will|need|needs|has to|have to|is to|are to)\b/i,
  paperwork:
    /\b(?:standard operating|procedures?|process|policy|policies|sop|guidelines?|instructions?|how to|handling|workflow)\b|\bfor .*$|[#:]/gi,
  askFor: (things) => `Could you give me ${things.map((thing) => `your ${thing}`).join(' and ')}?`,
}
