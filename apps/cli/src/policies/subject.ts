import { appError } from '@dual-random/errors'
import { type LocalDate, parseLocalDate, parseRegionCode, type RegionCode, type Result } from '@dual-random/kernel'
import { type PolicyStack, policyOfStack, type ResolveError, stackOfPreset, stackOfRegion } from '@dual-random/policy'
import type { Arguments, Complain, OptionSpecs } from '../arguments.ts'
import { UsageError } from '../command.ts'
import { both, text } from '../text.ts'
import type { PolicyFiles } from './policy-files.ts'

/** Whose policy is asked for: a region's, or that of a preset alone. */
export type Subject =
  | { readonly kind: 'preset'; readonly preset: string; readonly at: LocalDate | undefined }
  | { readonly kind: 'region'; readonly regionCode: RegionCode; readonly at: LocalDate | undefined }

export const atOption: OptionSpecs = {
  at: { value: 'DATE', text: text('在哪一天，默认为今天（中国日期）', 'on which date; today in China by default') },
}

export const subjectOptions: OptionSpecs = {
  preset: { value: 'P', text: text('预设名称，不看地区', 'name of a preset, whatever the region') },
  region: { value: 'R', text: text('六位行政区划代码', 'division code of six figures') },
  ...atOption,
}

const nobody: Subject = { kind: 'preset', preset: '', at: undefined }

/** The subject of `--preset` or `--region`, and `--at`. */
export function subjectOf({ values }: Arguments, complain: Complain): Subject {
  const [preset, region] = [values.get('preset'), values.get('region')]
  const at = dateOf(values.get('at'), '--at', complain)
  if ((preset === undefined) === (region === undefined)) complain('--preset, --region: 二者择一 (one of the two)')
  if (region === undefined || region === '') return { kind: 'preset', preset: preset ?? '', at }
  const regionCode = parseRegionCode(region)
  if (regionCode === undefined) complain(`--region ${region}: 应为六位行政区划代码 (a division code of six figures)`)
  return regionCode === undefined ? nobody : { kind: 'region', regionCode, at }
}

/** The subject of one word: a preset or a region, with `@DATE` or without. */
export function subjectNamed(word: string | undefined, name: string, at: LocalDate | undefined, complain: Complain): Subject {
  if (word === undefined) complain(`${name}: 缺少 (missing)`)
  const [subject = '', date, ...more] = word?.split('@') ?? []
  if (more.length > 0 || (word !== undefined && subject === '')) complain(`${name} ${word}: 应为 (should be) PRESET[@DATE], REGION[@DATE]`)
  const own = date === undefined ? at : dateOf(date, `${name} @`, complain)
  const regionCode = parseRegionCode(subject)
  return regionCode === undefined ? { kind: 'preset', preset: subject, at: own } : { kind: 'region', regionCode, at: own }
}

/** An optional date; complains of what is none. */
export function dateOf(word: string | undefined, name: string, complain: Complain): LocalDate | undefined {
  const date = word === undefined || word === '' ? undefined : parseLocalDate(word)
  if (word !== undefined && word !== '' && date === undefined) complain(`${name} ${word}: 应为 YYYY-MM-DD 日期 (a date)`)
  return date
}

/** A subject and its date, for people. */
export function subjectText(subject: Subject, today: LocalDate): string {
  const name =
    subject.kind === 'preset'
      ? text(`预设 ${subject.preset}`, `preset ${subject.preset}`)
      : text(`地区 ${subject.regionCode}`, `region ${subject.regionCode}`)
  return `${both(name)}, ${subject.at ?? today}`
}

/** The stack of a subject, its layers checked against each other; throws the refusal that registry would answer. */
export function stackOf(subject: Subject, { presets, bindings }: PolicyFiles, today: LocalDate): PolicyStack {
  const at = subject.at ?? today
  if (subject.kind === 'preset' && !presets.some(({ name }) => name === subject.preset)) {
    const known = [...new Set(presets.map(({ name }) => name))].join(' ')
    throw new UsageError([`${subject.preset}: 没有这个预设 (no such preset); ${known}`])
  }
  const stack = required(
    subject.kind === 'preset' ? stackOfPreset(presets, subject.preset, at) : stackOfRegion(presets, bindings, subject.regionCode, at),
  )
  required(policyOfStack(stack))
  return stack
}

function required<T>(found: Result<T, ResolveError>): T {
  if (found.ok) return found.value
  const { code, message: _message, ...meta } = found.error
  throw appError('failed-precondition', code, { meta })
}
