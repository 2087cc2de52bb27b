import { canonicalJson, chinaDateOf } from '@dual-random/kernel'
import { keyLabel } from '@dual-random/policy'
import { noMoreThan } from '../arguments.ts'
import { fileOrRegistryCommand } from '../command.ts'
import { both, text } from '../text.ts'
import { placeOptions, placesOf, placesUsage, sourceNote } from './policy-files.ts'
import { readPolicies } from './policy-of-registry.ts'
import { originText, type Reading, readingJson, readingsOf, unsetWord, valueText } from './reading.ts'
import { atOption, dateOf, stackOf, subjectNamed, subjectText } from './subject.ts'

export const policyDiff = fileOrRegistryCommand({
  name: 'policy diff',
  usage: `A B [--at DATE] ${placesUsage} [--json]`,
  summary: text('比较两个预设、两个地区或两个日期的策略', 'shows what differs between two presets, regions or dates'),
  notes: [
    text(
      'A、B 为预设名称或行政区划代码，可带日期，如 heilongjiang@2026-01-01。比较取值、力度、可否改写和标注；只是来源文件不同，不算差异。有差异即退出码 1。',
      'A and B are preset names or division codes, each with a date where wanted: heilongjiang@2026-01-01. Compared are value, strength, whether\nit may be overridden, and label; the same rule from another document is no difference. Exit code 1 when something differs.',
    ),
    sourceNote,
  ],
  options: { ...atOption, ...placeOptions },
  read: (args, complain) => {
    noMoreThan(args, 2, complain)
    const at = dateOf(args.values.get('at'), '--at', complain)
    const [a, b] = args.positionals
    return { a: subjectNamed(a, 'A', at, complain), b: subjectNamed(b, 'B', at, complain), places: placesOf(args, complain) }
  },
  run: async ({ a, b, places }, session) => {
    const { terminal, json } = session
    const today = chinaDateOf(terminal.clock())
    const files = await readPolicies(places, [a, b], session)
    const left = readingsOf(stackOf(a, files, today))
    const right = new Map(readingsOf(stackOf(b, files, today)).map((reading) => [reading.key, reading]))
    const pairs = left.flatMap((reading) => {
      const other = right.get(reading.key)
      return other === undefined || ruleOf(reading) === ruleOf(other) ? [] : [{ a: reading, b: other }]
    })
    if (json) for (const pair of pairs) terminal.out(JSON.stringify({ key: pair.a.key, a: readingJson(pair.a), b: readingJson(pair.b) }))
    else {
      terminal.out(`- ${subjectText(a, today)}`)
      terminal.out(`+ ${subjectText(b, today)}`)
      for (const pair of pairs)
        for (const line of [keyLabel(pair.a.key), ...sideLines('-', pair.a), ...sideLines('+', pair.b)]) terminal.out(line)
      const same = left.length - pairs.length
      terminal.out(both(text(`不同 ${pairs.length}，相同 ${same}`, `${pairs.length} different, ${same} the same`)))
    }
    return pairs.length === 0 ? 0 : 1
  },
})

/** What a key demands, as text that is equal when the demand is. */
function ruleOf({ step }: Reading): string {
  if (step?.entry === undefined) return ''
  const { value, strength, local, basis } = step.entry
  return canonicalJson({ value, strength, local: local ?? '', basis: basis ?? '' })
}

const sideLines = (side: '-' | '+', { step, unset }: Reading): readonly string[] =>
  step === undefined
    ? [`  ${side} ${unsetWord}${unset === undefined ? '' : `: ${unset}`}`]
    : [`  ${side} ${valueText(step)}`, `    ${originText(step)}`]
