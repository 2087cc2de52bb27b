import { chinaDateOf, type LocalDate } from '@dual-random/kernel'
import type { PolicyStack } from '@dual-random/policy'
import { noMoreThan } from '../arguments.ts'
import { fileOrRegistryCommand } from '../command.ts'
import { text } from '../text.ts'
import { placeOptions, placesOf, placesUsage, sourceNote } from './policy-files.ts'
import { readPolicies } from './policy-of-registry.ts'
import { layerName, readingJson, readingLines, readingsOf } from './reading.ts'
import { type Subject, stackOf, subjectOf, subjectOptions, subjectText } from './subject.ts'

export const policyShow = fileOrRegistryCommand({
  name: 'policy show',
  usage: `(--preset P | --region R) [--at DATE] ${placesUsage} [--json]`,
  summary: text('列出一个预设或一个地区的策略取值及来源', 'lists the policy values of a preset or a region, and where each comes from'),
  notes: [
    text(
      '按继承次序合并预设和各级地区的取值：每个键的取值、力度（应当、原则上、可以）、来源文件和条款、由谁设定、可否由下级改写、是否本地或借用取值。未设定的键说明原因。征求意见稿予以标明。',
      'Presets and regions’ own values are merged in the order of inheritance. For every key: value, strength (shall, by default, may), source\ndocument and clause, what set it, whether subordinates may override it, whether it is local or borrowed. Keys left unset say why. Drafts\nare marked.',
    ),
    sourceNote,
  ],
  options: { ...subjectOptions, ...placeOptions },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    return { subject: subjectOf(args, complain), places: placesOf(args, complain) }
  },
  run: async ({ subject, places }, session) => {
    const { terminal, json } = session
    const today = chinaDateOf(terminal.clock())
    const stack = stackOf(subject, await readPolicies(places, [subject], session), today)
    if (!json) for (const line of stackLines(subject, stack, today)) terminal.out(line)
    for (const reading of readingsOf(stack))
      for (const line of json ? [JSON.stringify(readingJson(reading))] : readingLines(reading)) terminal.out(line)
    return 0
  },
})

/** Whose policy it is, and the layers it is made of. */
const stackLines = (subject: Subject, { layers }: PolicyStack, today: LocalDate): readonly string[] => [
  `${subjectText(subject, today)}:`,
  ...layers.map((layer) => `    ${layerName(layer)}`),
]
