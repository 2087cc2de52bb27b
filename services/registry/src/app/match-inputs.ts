import { neededSpecialities } from '../domain/mapped-set.ts'
import { recusalIndex } from '../domain/recusal.ts'
import type { UnitKind } from '../domain/unit.ts'
import type { OpenDraw, OpenedInspector, OpenedMember } from './frozen-draw.ts'
import { openRecusal } from './import-inspectors.ts'
import { type LastInspectorDeps, lastInspectors } from './last-inspectors.ts'
import type { Sealer, Units } from './ports.ts'

export interface ObjectNeeds {
  readonly label: string
  readonly specialities: readonly string[]
  readonly recusals: readonly { readonly holder: string; readonly ground: string }[]
  /** Labels of those who made its last check by their unit, ascending. */
  readonly lastInspectors: readonly string[]
}

export interface InspectorCandidate extends OpenedInspector {
  readonly homeKind: UnitKind
}

export interface MatchInputs {
  /** The candidates with their qualifications, ascending by label. */
  readonly inspectors: readonly InspectorCandidate[]
  /** In the order of the labels; of no item codes, all items of the draw count. */
  readonly needsOf: (labels: readonly string[], itemCodes: readonly string[]) => Promise<readonly ObjectNeeds[]>
}

/**
 * What matching needs (rule 10): who can be matched, and per object the specialities, who is recused and who checked it last. What belongs to the
 * draw is read here, once for however many labels.
 */
export async function matchInputs(
  deps: LastInspectorDeps & { readonly units: Units; readonly sealer: Sealer },
  open: Pick<OpenDraw, 'draw' | 'inspectors' | 'membersOf'>,
): Promise<MatchInputs> {
  const { units, sealer } = deps
  const inspectors = await open.inspectors()
  const homes = await units.loadMany([...new Set(inspectors.map(({ content }) => content.homeUnitId as string))])
  const recusedFrom = recusalIndex(
    inspectors.map(({ label, inspector, content }) => ({
      holder: label,
      entries: openRecusal(sealer, inspector.inspectorId, content.recusal),
    })),
  )
  return {
    inspectors: inspectors.map((opened) => ({ ...opened, homeKind: homes.get(opened.content.homeUnitId)?.state.kind ?? 'BUREAU' })),
    needsOf: async (labels, itemCodes) => {
      const members = await open.membersOf(labels)
      const ids = members.map(({ member }) => member.object.objectId)
      const lastOf = await lastInspectors(deps, open, inspectors, ids)
      const counts = new Set(itemCodes)
      return members.map((member) => ({ ...needsOf(member, counts, recusedFrom), lastInspectors: lastOf(member.member.object.objectId) }))
    },
  }
}

function needsOf(
  { label, member }: OpenedMember,
  itemCodes: ReadonlySet<string>,
  recusedFrom: ReturnType<typeof recusalIndex<string>>,
): Omit<ObjectNeeds, 'lastInspectors'> {
  const items = member.items.filter(({ code }) => itemCodes.size === 0 || itemCodes.has(code))
  return { label, specialities: neededSpecialities(items), recusals: recusedFrom(member.object.objectCode, member.content.name) }
}
