import type { Commitment } from '@dual-random/draw'
import type { Words } from './fault-words.ts'

/** What the assurance of an S means (docs/draw-protocol.md §9, §17): who together could have known the result before its round. */
export function assuranceWords({ assurance, tips, organiserUnitId }: Pick<Commitment, 'assurance' | 'tips' | 'organiserUnitId'>): Words {
  if (assurance === 'self') return words.self
  if (tips.some(({ unitId }) => unitId !== organiserUnitId)) return words.secrets
  return assurance === 'federated' ? words.regions : words.public
}

const words = {
  self: { zh: '自办：信标由组织单位自己运行，只供演示', en: 'self: the organiser’s own beacon, for demonstrations only' },
  secrets: {
    zh: '联合：信标之外，还有组织单位以外的单位揭示的秘密参与',
    en: 'federated: secrets of units other than the organiser take part beside the beacon',
  },
  regions: {
    zh: '联合：由至少三个其他地区的信标合成，其中任何一个不参与合谋，就无人能预知结果',
    en: 'federated: beacons of at least three other regions; nobody foresees the result unless all of them conspire',
  },
  public: {
    zh: '公开：随机数来自公共信标，参与抽取的任何单位都不能预知或左右',
    en: 'public: the randomness is a public beacon’s, which no unit of the draw can foresee or bend',
  },
} as const satisfies Readonly<Record<string, Words>>
