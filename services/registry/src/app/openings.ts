import { drawnSalt } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { generalResultAt } from '../domain/credit-result.ts'
import { membershipsAt } from '../domain/regime.ts'
import type { OpenDraw, OpenDrawDeps, OpenedInspector, OpenedMember } from './frozen-draw.ts'
import { drawIdOf } from './frozen-id.ts'
import type { CreditRecords } from './ports.ts'
import type { Regimes } from './regime-ports.ts'

export interface ObjectOpening extends OpenedMember {
  readonly grade: string | undefined
  readonly drawnSalt: string
  /** On whose white list it was (TGT-20). */
  readonly alliance: string | undefined
}

/** Who stands behind labels, as they were at the snapshot, with the salts that prove it (rule 11). */
export async function openObjects(
  { credits, regimes, hash }: Pick<OpenDrawDeps, 'hash'> & { readonly credits: CreditRecords; readonly regimes: Regimes },
  open: OpenDraw,
  labels: readonly string[],
): Promise<readonly ObjectOpening[]> {
  const members = await open.membersOf(labels)
  const ids = members.map(({ member }) => member.object.objectId)
  const [records, ofRegimes] = await Promise.all([credits.ofObjects(ids), regimes.ofObjects(ids)])
  return members.map((opened) => ({
    ...opened,
    grade: generalResultAt(records.get(opened.member.object.objectId), open.draw.asOf)?.grade,
    alliance: membershipsAt(ofRegimes.get(opened.member.object.objectId), open.draw.asOf).find((each) => each.kind === 'WHITE_LIST')
      ?.alliance,
    drawnSalt: drawnSalt(hash, open.key, drawIdOf(open.draw), opened.id),
  }))
}

export async function openInspectors(open: OpenDraw, labels: readonly string[]): Promise<readonly OpenedInspector[]> {
  if (labels.length === 0) return []
  const byLabel = new Map((await open.inspectors()).map((opened) => [opened.label, opened]))
  return labels.map((label) => {
    const opened = byLabel.get(label)
    if (opened === undefined) throw appError('invalid', 'label-unknown', { meta: { drawId: drawIdOf(open.draw), label } })
    return opened
  })
}
