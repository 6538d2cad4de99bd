import type { ChannelLimits, Option } from '@copse/contracts'
import { fitOptions } from '@copse/dialogue'
import { isOf, leavesIn, type Leaf } from '../leaf.ts'
import { literalOf } from '../leaf-data.ts'
import type { Found, Judged, Look } from './judged.ts'

/** Options that a channel shows otherwise than its author wrote them: behind one more tap, or cut. Nothing is lost. */
export const offeredAs: Look = (judged) =>
  [...judged.program.stages.values()].flatMap(({ id, node }) => {
    if (!judged.places.steps.includes(id)) return []
    const offered = leavesIn(id, node).flatMap(writtenIn)
    if (offered.length === 0) return []
    return judged.channels.flatMap((channel) => [
      ...asList(id, offered, channel, judged),
      ...cut(id, offered, channel, judged),
    ])
  })

interface Written {
  id: string
  /** By language; '' where there is one for all. */
  titles: Record<string, string>
  description: string
}

/** The options that a leaf offers in the author's own words. */
export function writtenIn(leaf: Leaf): Written[] {
  if (isOf(leaf, 'choose'))
    return leaf.config.options.map(({ id, title, titles }) => ({
      id,
      titles: titles ?? { '': title },
      // What an option means is for whoever has to understand the reply.
      description: '',
    }))
  if (!isOf(leaf, 'offer')) return []
  return (leaf.config.options ?? []).map(({ id, title, titles, description = '' }) => ({
    id,
    titles: titles ?? { '': title },
    description,
  }))
}

function asList(step: string, offered: Written[], { name, ...limits }: ChannelLimits, judged: Judged): Found[] {
  const { places, program } = judged
  const [first] = inLanguages(offered)
  if (!limits.listOpens || offered.length <= limits.buttons || places.isList(step)) return []
  if (fitOptions(first!, { name, ...limits }).as !== 'list') return []
  return [
    {
      code: 'list_not_buttons',
      severity: 'warning',
      message: `"${step}" offers ${offered.length} options. ${name} has ${limits.buttons} buttons: there the customer sees one button that opens a list of ${offered.length}.`,
      ...places.options(step),
      why: [],
      fix: `Offer at most ${limits.buttons}, or ${program.isFlow ? 'use `send_interactive_list`' : 'write `shown_as: list`'} if you mean a list.`,
    },
  ]
}

/** Each option once, by the first language in which it does not fit. */
function cut(step: string, offered: Written[], channel: ChannelLimits, { places }: Judged): Found[] {
  const told = new Map<number, Found>()
  for (const options of inLanguages(offered)) {
    const { as, options: shown, lines } = fitOptions(options, channel)
    if (as !== 'buttons' && as !== 'list') continue
    const room = as === 'buttons' ? channel.buttonTitleLength : channel.rowTitleLength
    for (const [at, { title }] of options.entries()) {
      const seen = shown[at]!.title
      if (seen.endsWith(title) || told.has(at)) continue
      const where = lines.length > 0 ? 'in a numbered line above' : 'in small letters below'
      told.set(at, {
        code: 'option_cut',
        severity: 'warning',
        message: `${channel.name} shows ${room} letters on a ${as === 'buttons' ? 'button' : 'row'}: of "${title}" the customer reads "${seen}" there, and the whole ${where}.`,
        ...places.title(step, at),
        why: [],
        fix: `Say it in at most ${room} letters.`,
      })
    }
  }
  return [...told.values()]
}

/** The options as they are offered in each language. What is filled in may be short. */
function inLanguages(offered: readonly Written[]): Option[][] {
  const languages = new Set(offered.flatMap(({ titles }) => Object.keys(titles)))
  return [...languages].map((language) =>
    offered.map(({ id, titles, description }) => ({
      id,
      title: literalOf(titles[language] ?? Object.values(titles)[0] ?? ''),
      description: literalOf(description),
    })),
  )
}
