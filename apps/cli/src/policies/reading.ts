import { allPolicyKeys, type KeyStep, keyLabel, type PolicyKey, type PolicyStack, policyKeys, stepsOfKey } from '@dual-random/policy'
import { both, type Text, text } from '../text.ts'

/** What a stack says about one key. */
export interface Reading {
  readonly key: PolicyKey
  /** The step whose value is in force; undefined when the key is unset. */
  readonly step: KeyStep | undefined
  /** Why it is unset, where a preset says so. */
  readonly unset: string | undefined
}

export function readingOf(stack: PolicyStack, key: PolicyKey): Reading {
  const steps = stepsOfKey(stack, key)
  return { key, step: steps.find(({ inForce }) => inForce), unset: steps.findLast(({ unset }) => unset !== undefined)?.unset }
}

export const readingsOf = (stack: PolicyStack): readonly Reading[] => allPolicyKeys.map((key) => readingOf(stack, key))

const strengths = {
  shall: text('应当', 'shall'),
  'by-default': text('原则上', 'by default'),
  may: text('可以', 'may'),
} as const satisfies Record<string, Text>

const labels = { local: text('本地取值', 'local value'), borrowed: text('借用值', 'borrowed value') } as const satisfies Record<
  string,
  Text
>

export const draftMark = both(text('征求意见稿', 'draft'))

export const unsetWord = both(text('未设定', 'unset'))

/** A layer as it is named everywhere: preset or region with its version, and that it is a draft. */
export const layerName = ({ id, status }: Pick<KeyStep, 'id' | 'status'>): string =>
  `${id.preset}@${id.version}${status === 'draft' ? ` [${draftMark}]` : ''}`

export const valueText = ({ entry }: KeyStep): string => JSON.stringify(entry?.value)

/** Strength, source with clause, layer, and whether it may be replaced and is labelled, on one line. */
export const originText = (step: KeyStep): string => {
  const { entry } = step
  if (entry === undefined) return layerName(step)
  return [
    both(strengths[entry.strength]),
    `${entry.source.document} ${entry.source.clause}`,
    layerName(step),
    ...(entry.local === undefined ? [] : [both(text('可由下级改写', 'overridable'))]),
    ...(entry.basis === undefined ? [] : [both(labels[entry.basis])]),
  ].join('; ')
}

const noteLines = ({ entry }: KeyStep): readonly string[] => (entry?.note === undefined ? [] : [`    ${entry.note}`])

export const readingLines = ({ key, step, unset }: Reading): readonly string[] =>
  step === undefined
    ? [keyLabel(key), `    ${unsetWord}${unset === undefined ? '' : `: ${unset}`}`]
    : [keyLabel(key), `    ${valueText(step)}`, `    ${originText(step)}`, ...noteLines(step)]

/** A step as JSON; what is not there is left out. */
export const stepJson = ({ id, status, entry, document, unset }: KeyStep) => ({
  setBy: id,
  draft: status === 'draft',
  ...(entry === undefined
    ? {}
    : {
        value: entry.value,
        strength: entry.strength,
        document: entry.source.document,
        title: document?.title,
        issuer: document?.issuer,
        clause: entry.source.clause,
        overridable: entry.local === 'overridable',
        label: entry.basis,
        note: entry.note,
      }),
  unset,
})

export const readingJson = ({ key, step, unset }: Reading) => ({
  key,
  name: policyKeys[key].title,
  ...(step === undefined ? { unset: unset ?? '' } : stepJson(step)),
})
