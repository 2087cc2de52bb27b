import type { Words } from './fault-words.ts'

/** The grounds that snapshots count exclusions by (docs/draw-protocol.md §4, §18). */
const grounds: ReadonlyMap<string, Words> = new Map([
  [
    'REPEAT_OR_PENDING',
    {
      zh: '本年度已抽中，或在另一次未完成的抽取中（不重复抽查）',
      en: 'drawn this year, or in a draw that is not finished (no repeated checks)',
    },
  ],
  ['NOT_ACTIVE', { zh: '不在营（注销、吊销等）', en: 'not active (deregistered, licence revoked)' }],
  ['SANDBOX', { zh: '沙盒监管期内', en: 'in a regulatory sandbox' }],
  ['WHITE_LIST', { zh: '在白名单上', en: 'on a white list' }],
  ['DRAWN', { zh: '原抽取或此前的重新抽取已抽中', en: 'drawn already, by the draw itself or a redraw before' }],
  ['NOT_CONCERNED', { zh: '不涉及本次重新匹配', en: 'not concerned by this new matching' }],
  ['MERGED', { zh: '其他（数量过少，合并计数）', en: 'others (too few, counted as one)' }],
])

/** What a ground of exclusions is in words; one that is not known is shown as it stands in the snapshot. */
export const groundWords = (ground: string): Words => grounds.get(ground) ?? { zh: ground, en: ground }
