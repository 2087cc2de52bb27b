import { both, type Text, text } from '../text.ts'
import type { PathProof } from './proof.ts'
import type { Row } from './rows.ts'

/** What leads to the outcome, step by step. */
export const proofRows = (id: string | undefined, proof: PathProof): readonly Row[] => [
  ...(id === undefined ? [] : [{ label: text('标识', 'id'), value: id }]),
  { label: text('标签', 'label'), value: proof.label },
  { label: text('层', 'stratum'), value: proof.stratum },
  {
    label: text('在名册中', 'in the roster'),
    value: both(
      text(
        `第 ${proof.index + 1} 行，共 ${proof.size} 行；经 ${proof.path.length} 个相邻哈希到达登记方签名的树根 ${proof.root}`,
        `line ${proof.index + 1} of ${proof.size}; ${proof.path.length} sibling hashes lead to the root that registry signed`,
      ),
    ),
  },
  { label: text('签号', 'ticket'), value: proof.ticket },
  { label: text('截止签号', 'cut-off'), value: proof.cutOff ?? both(text('本层没有抽取', 'nothing was drawn of this stratum')) },
]

/** The answer in one sentence. */
export function outcomeText({ outcome, stratum, rank, batch, cutOff }: PathProof): Text {
  switch (outcome) {
    case 'DRAWN':
      return text(
        `抽中：签号不大于截止签号，是 ${stratum} 层第 ${rank} 位，在第 ${batch} 批次检查`,
        `drawn: its ticket is not above the cut-off; place ${rank} of stratum ${stratum}, checked in batch ${batch}`,
      )
    case 'EXCLUDED':
      return text(
        '未参加抽取：抽取前已按记录的事由排除（事由不按标签公开），无论签号大小',
        'not in the draw: excluded before it on a recorded ground, which is not public by label, whatever its ticket',
      )
    case 'NOT_DRAWN':
      return cutOff === null
        ? text('未抽中：本层没有抽取', 'not drawn: nothing was drawn of this stratum')
        : text('未抽中：签号大于截止签号', 'not drawn: its ticket is above the cut-off')
    default:
      return outcome satisfies never
  }
}
