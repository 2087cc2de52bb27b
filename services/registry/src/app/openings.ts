import { drawnSalt } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { generalResultAt } from '../domain/credit-result.ts'
import type { OpenDraw, OpenDrawDeps, OpenedInspector, OpenedMember } from './frozen-draw.ts'
import type { CreditRecords } from './ports.ts'

export interface ObjectOpening extends OpenedMember {
  readonly grade: string | undefined
  readonly drawnSalt: string
}

/** Who stands behind labels, as they were at the snapshot, with the salts that prove it (rule 11). */
export async function openObjects(
  { credits, hash }: Pick<OpenDrawDeps, 'hash'> & { readonly credits: CreditRecords },
  open: OpenDraw,
  labels: readonly string[],
): Promise<readonly ObjectOpening[]> {
  const members = await open.membersOf(labels)
  const records = await credits.ofObjects(members.map(({ member }) => member.object.objectId))
  return members.map((opened) => ({
    ...opened,
    grade: generalResultAt(records.get(opened.member.object.objectId), open.draw.asOf)?.grade,
    drawnSalt: drawnSalt(hash, open.key, open.draw.id, opened.id),
  }))
}

export async function openInspectors(open: OpenDraw, labels: readonly string[]): Promise<readonly OpenedInspector[]> {
  if (labels.length === 0) return []
  const byLabel = new Map((await open.inspectors()).map((opened) => [opened.label, opened]))
  return labels.map((label) => {
    const opened = byLabel.get(label)
    if (opened === undefined) throw appError('invalid', 'label-unknown', { meta: { drawId: open.draw.id, label } })
    return opened
  })
}
