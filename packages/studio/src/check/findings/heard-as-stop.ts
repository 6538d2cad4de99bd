import { consentIn } from '@copse/channels'
import { isOf, leavesIn, type Leaf } from '../leaf.ts'
import { literalOf } from '../leaf-data.ts'
import type { Found, Judged, Look } from './judged.ts'
import { writtenIn } from './offered-as.ts'

/**
 * Words of the author's own that ask, when they are typed alone, to hear nothing more: the law knows no question that they
 * could answer. A tap is an answer, and so are they inside a sentence.
 */
export const heardAsStop: Look = (judged) => [
  ...judged.program.triggers
    .filter((word) => consentIn(word) === 'out')
    .map((word) => found(`"${word}" starts this`, judged.places.triggers())),
  ...[...judged.program.stages.values()].flatMap(({ id, node }) => {
    if (!judged.places.steps.includes(id)) return []
    const leaves = leavesIn(id, node)
    return [...offered(id, leaves, judged), ...leaves.flatMap((leaf) => listed(id, leaf, judged))]
  }),
]

const offered = (step: string, leaves: Leaf[], { places }: Judged): Found[] =>
  leaves.flatMap(writtenIn).flatMap(({ titles }, at) => {
    const title = Object.values(titles).find((one) => consentIn(literalOf(one)) === 'out')
    return title === undefined ? [] : [found(`"${step}" offers "${title}"`, places.title(step, at))]
  })

const listed = (step: string, leaf: Leaf, { places }: Judged): Found[] =>
  isOf(leaf, 'collect')
    ? leaf.config.fields.flatMap(({ enum: values = [] }, at) =>
        values
          .filter((value) => consentIn(value) === 'out')
          .map((value) => found(`"${step}" asks for "${value}"`, places.at(step, ['extract_fields', at, 'enum']))),
      )
    : []

const found = (what: string, place: ReturnType<Judged['places']['triggers']>): Found => ({
  code: 'heard_as_stop',
  severity: 'warning',
  message: `${what}: who types that and nothing else is sent no more messages, on every channel. Only a tap is an answer.`,
  ...place,
  why: [],
  fix: 'Use another word, or say more than that one.',
})
