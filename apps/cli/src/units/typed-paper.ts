import type { HashName } from '@dual-random/draw'
import { isId, parseRegionCode } from '@dual-random/kernel'
import { type Text, text } from '../text.ts'
import { type Diagnosis, diagnose } from './check-groups.ts'
import { groupsOf, groupText, valueOf } from './paper.ts'
import { drawIdOf, drawnBy, type Target } from './target.ts'

/** What is wrong with a typed line; `row` is the number that was printed, where there is one. */
export interface TypedFault {
  readonly line: number
  readonly row: string | undefined
  readonly problem: Text
}

export type TypedSecret = Heading & Target & { readonly drawId: string; readonly secret: string }

interface Heading {
  readonly unitId: string
  readonly regionCode: string
  readonly hash: HashName
}

const groupKinds: ReadonlySet<string> = new Set(['plan', 'task', 'redraw'])

const secretGroups = 16
const columnsBefore = 5
const columns = columnsBefore + secretGroups + 2

/** What people type for digits that look alike. */
const normal = (typed: string): string => typed.toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1')

/** Reads a paper backup that was typed again. Every line that is wrong is named with its row and group, the others are given. */
export function readTyped(content: string): { readonly secrets: readonly TypedSecret[]; readonly faults: readonly TypedFault[] } {
  const secrets: TypedSecret[] = []
  const faults: TypedFault[] = []
  let heading: Heading | undefined
  /** The line that names a plan, a task or the draw that redraws are of. */
  let group: string | undefined
  for (const [index, raw] of content.split(/\r?\n|\f/).entries()) {
    const words = raw.trim().split(/\s+/)
    const [first = ''] = words
    if (first === '' || first.startsWith('#')) continue
    const say = (problem: Text, row?: string): void => void faults.push({ line: index + 1, row, problem })
    if (first === 'unit') {
      heading = headingOf(words)
      if (heading === undefined) say(text('应为 unit … region … hash …', 'not as unit … region … hash …'))
    } else if (groupKinds.has(first)) {
      group = words.length === 2 && isId(words[1] ?? '') ? words.join(' ') : undefined
      if (group === undefined) say(text(`应为 ${first} 加标识`, `not as ${first} and its id`))
    } else if (heading === undefined || group === undefined) {
      say(text('前面缺少 unit 行，或 plan、task、redraw 行', 'no good unit line, and line of a plan, task or redraw, before it'), first)
    } else {
      const read = rowOf(words, heading, group)
      if ('secret' in read) secrets.push(read)
      else say(read, first)
    }
  }
  return { secrets, faults }
}

function headingOf(words: readonly string[]): Heading | undefined {
  const [, unitId = '', region, regionCode = '', hash, name = ''] = words
  const isHash = name === 'sha256' || name === 'sm3'
  if (words.length !== 6 || region !== 'region' || hash !== 'hash' || !isHash) return undefined
  return isId(unitId) && parseRegionCode(regionCode) !== undefined ? { unitId, regionCode, hash: name } : undefined
}

function rowOf(words: readonly string[], heading: Heading, named: string): TypedSecret | Text {
  const [, line = '', batchText = '', attemptText = '', typedId = '', ...typed] = words
  if (words.length !== columns)
    return text(
      `应有 ${columns} 列，实有 ${words.length} 列`,
      `${words.length} columns instead of ${columns}: a group is missing or too many`,
    )
  const groups = typed.map(normal)
  for (const [index, group] of groups.entries()) {
    if (!/^[0-9a-f]{4}$/.test(group)) return badGroup(index, typed[index] ?? '')
  }
  const attempt = Number(attemptText)
  const drawn = drawnBy(named, line, Number(batchText))
  if (drawn === undefined || !isCount(attempt)) return text('计划行、批次或次数有误', 'line, batch or attempt is none')
  const target = { ...drawn, attempt }
  const drawId = drawIdOf(heading.hash, heading.regionCode, target)
  if (normal(typedId) !== drawId.slice(0, 8)) {
    return text(
      `抽取标识 ${typedId} 与计划、计划行、批次、次数不符`,
      `drawId ${typedId} is not that of this region, plan, line, batch and attempt: one of them is wrong`,
    )
  }
  const before = groupsOf(drawId.slice(0, 8)).map(valueOf)
  const values = groups.map(valueOf)
  const checks = [values.at(-2) ?? 0, values.at(-1) ?? 0] as const
  const fault = faultOf(diagnose([...before, ...values.slice(0, secretGroups)], checks), before.length)
  return fault ?? { ...heading, ...target, drawId, secret: groups.slice(0, secretGroups).join('') }
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1

function badGroup(index: number, typed: string): Text {
  const name = groupName(index)
  return text(`${name.zh}“${typed}”应为四个十六进制字符`, `${name.en} "${typed}" is not four hexadecimal characters`)
}

/** The `offset` groups of the drawId are known to be right: a finding there means several wrong ones. */
function faultOf(diagnosis: Diagnosis, offset: number): Text | undefined {
  if (diagnosis.kind === 'right') return undefined
  if (diagnosis.kind === 'wrong' && diagnosis.index >= offset) {
    const { zh, en } = groupName(diagnosis.index - offset)
    const expected = groupText(diagnosis.expected)
    return text(`${zh}有误，若只错这一组，应为 ${expected}`, `${en} is wrong; if it alone is, it reads ${expected}`)
  }
  if (diagnosis.kind === 'exchanged' && diagnosis.first >= offset) {
    const [first, second] = [groupName(diagnosis.first - offset), groupName(diagnosis.second - offset)]
    return text(`${first.zh}与${second.zh}对调了`, `${first.en} and ${second.en} are exchanged`)
  }
  return text('不止一组有误，或这是另一行的秘密值', 'more than one group is wrong, or the secret is that of another row')
}

const groupName = (index: number): Text =>
  index < secretGroups
    ? text(`第 ${index + 1} 组`, `group ${index + 1}`)
    : text(`第 ${index + 1 - secretGroups} 校验组`, `check group ${index + 1 - secretGroups}`)
