import { chinaDateOf } from '@dual-random/kernel'
import { type KeyStep, type PolicyBinding, type PolicyKey, policyKeyNamed, stepsOfKey } from '@dual-random/policy'
import { noMoreThan } from '../arguments.ts'
import { chinaTime } from '../china-time.ts'
import { fileOrRegistryCommand } from '../command.ts'
import { both, text } from '../text.ts'
import { placeOptions, placesOf, placesUsage, sourceNote } from './policy-files.ts'
import { readPolicies } from './policy-of-registry.ts'
import { layerName, originText, readingJson, readingLines, readingOf, stepJson, valueText } from './reading.ts'
import { stackOf, subjectOf, subjectOptions, subjectText } from './subject.ts'

export const policyExplain = fileOrRegistryCommand({
  name: 'policy explain',
  usage: `KEY (--region R | --preset P) [--at DATE] ${placesUsage} [--json]`,
  summary: text('说明一个策略键的取值从何而来', 'tells where the value of one policy key comes from'),
  notes: [
    text(
      '先列取值和来源；再列地区及其上级的绑定（预设、起止、是否生产环境、征求意见稿的批准人和理由）；最后列每一层对该键的规定：取值、文件未给出，或未提及。本地取值写明由谁设定、依据（附录E 的键）和理由，借用值写明出借文件。',
      'First the value and its source, then the bindings of the region and its superiors (preset, dates, production or not, who approved a draft\nand why), then what each layer says about the key: a value, that its documents give none, or nothing. A local value says who set it, on\nwhat basis (the key of Appendix E) and why; a borrowed one its lender.',
    ),
    text(
      '原则性规定可个案改写；个案改写由各服务连同理由逐件记录，不在预设之内。',
      'What holds by default may be overridden case by case; the services record each with its reason, presets do not have them.',
    ),
    sourceNote,
  ],
  options: { ...subjectOptions, ...placeOptions },
  read: (args, complain) => {
    noMoreThan(args, 1, complain)
    return { key: keyOf(args.positionals[0], complain), subject: subjectOf(args, complain), places: placesOf(args, complain) }
  },
  run: async ({ key, subject, places }, session) => {
    const { terminal, json } = session
    const today = chinaDateOf(terminal.clock())
    const stack = stackOf(subject, await readPolicies(places, [subject], session), today)
    const [reading, steps] = [readingOf(stack, key), stepsOfKey(stack, key)]
    if (json) {
      const bindings = stack.bindings.map(({ values, documents: _documents, ...binding }) => ({ ...binding, ownKeys: [...values.keys()] }))
      terminal.out(
        JSON.stringify({ ...readingJson(reading), bindings, layers: steps.map((step) => ({ ...stepJson(step), inForce: step.inForce })) }),
      )
      return 0
    }
    for (const line of [
      `${subjectText(subject, today)}:`,
      ...readingLines(reading),
      ...stack.bindings.flatMap((binding, index) => [...(index === 0 ? [both(text('绑定', 'bindings'))] : []), ...bindingLines(binding)]),
      both(text('各层', 'layers')),
      ...steps.flatMap(stepLines),
    ])
      terminal.out(line)
    return 0
  },
})

function keyOf(word: string | undefined, complain: (problem: string) => void): PolicyKey {
  const key = policyKeyNamed(word ?? '')
  if (word === undefined) complain('KEY: 缺少 (missing)')
  else if (key === undefined) complain(`KEY ${word}: 没有这个策略键，见 (no such key; see) policy show`)
  return key ?? 'publish.due'
}

function bindingLines({ regionCode, preset, from, to, production, draftApproval, values }: PolicyBinding): readonly string[] {
  const what = preset ?? both(text('沿用上级预设', 'its superior’s preset'))
  const own = values.size === 0 ? [] : [both(text(`自有取值 ${values.size} 项`, `own values: ${values.size}`))]
  const trial = production ? [] : [both(text('非生产环境', 'not for production'))]
  return [
    `    ${[`${regionCode} → ${what}`, both(to === undefined ? text(`${from} 起`, `from ${from}`) : text(`${from} 至 ${to}`, `${from} to ${to}`)), ...own, ...trial].join('; ')}`,
    ...(draftApproval === undefined
      ? []
      : [
          `        ${both(text('征求意见稿经批准', 'draft approved'))}: ${draftApproval.by}, ${chinaTime(draftApproval.at)}: ${draftApproval.reason}`,
        ]),
  ]
}

function stepLines(step: KeyStep): readonly string[] {
  const { entry, document, unset, inForce } = step
  const mark = inForce ? '  * ' : '    '
  if (entry === undefined) {
    const nothing = unset === undefined ? both(text('未提及', 'silent')) : `${both(text('文件未给出', 'not given'))}: ${unset}`
    return [`${mark}${layerName(step)}: ${nothing}`]
  }
  return [
    `${mark}${layerName(step)}: ${valueText(step)}`,
    `        ${originText(step)}`,
    ...(document === undefined ? [] : [`        ${document.issuer}: ${[document.title, document.number].filter(Boolean).join(' ')}`]),
    ...(entry.note === undefined ? [] : [`        ${entry.note}`]),
  ]
}
