import { both, type Text, text } from '../text.ts'
import { checkGroups, diagnose } from './check-groups.ts'
import { groupsOf, groupText, valueOf } from './paper.ts'
import { type WrapKey, wrapKeyOf } from './wrap-key.ts'

const seedGroups = 16

/** The sheet that a key comes back from when its file is lost: name, unit, the seed in groups of four with two check groups, and the public key. */
export function wrapKeyPaper({ keyId, unitId, seed, publicKey }: WrapKey): string {
  const groups = groupsOf(seed)
  const checks = checkGroups(groups.map(valueOf)).map(groupText)
  return [
    `# ${both(text('上级包裹密钥的纸质备份，须密封保存', 'paper backup of the superior’s wrapping key: keep it sealed'))}`,
    `key ${keyId} unit ${unitId}`,
    `seed ${[...groups, ...checks].join(' ')}`,
    `public ${publicKey}`,
    '',
  ].join('\n')
}

/** What people type for digits that look alike. */
const normal = (typed: string): string => typed.toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1')

/** The key of a sheet that was typed again, or what is wrong with it. */
export async function readWrapKeyPaper(content: string): Promise<WrapKey | Text> {
  const rows = content
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter(([first = '']) => first !== '' && !first.startsWith('#'))
  const rowOf = (name: string): readonly string[] => rows.find(([first]) => first === name)?.slice(1) ?? []
  const [keyId = '', word, unitId = ''] = rowOf('key')
  if (keyId === '' || word !== 'unit' || unitId === '') return text('缺少“key … unit …”一行', 'the line key … unit … is missing')
  const groups = rowOf('seed').map(normal)
  const bad = groups.findIndex((group) => !/^[0-9a-f]{4}$/.test(group))
  if (groups.length !== seedGroups + 2)
    return text(`seed 行应有 ${seedGroups + 2} 组`, `the line seed has ${seedGroups + 2} groups, not ${groups.length}`)
  if (bad >= 0) return text(`第 ${bad + 1} 组应为四个十六进制字符`, `group ${bad + 1} is not four hexadecimal characters`)
  const values = groups.map(valueOf)
  const found = diagnose(values.slice(0, seedGroups), [values[seedGroups] ?? 0, values[seedGroups + 1] ?? 0])
  if (found.kind === 'wrong') {
    const expected = groupText(found.expected)
    return text(
      `第 ${found.index + 1} 组有误，若只错这一组，应为 ${expected}`,
      `group ${found.index + 1} is wrong; if it alone is, it reads ${expected}`,
    )
  }
  if (found.kind === 'exchanged')
    return text(
      `第 ${found.first + 1} 组与第 ${found.second + 1} 组对调了`,
      `groups ${found.first + 1} and ${found.second + 1} are exchanged`,
    )
  if (found.kind !== 'right') return text('不止一组有误', 'more than one group is wrong')
  const key = await wrapKeyOf(unitId, keyId, groups.slice(0, seedGroups).join(''))
  const [publicKey] = rowOf('public')
  return publicKey === undefined || normal(publicKey) === key.publicKey
    ? key
    : text('公钥与种子不符', 'the public key is not that of the seed')
}
