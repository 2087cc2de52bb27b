import { drawnFor, events, redrawPurposes } from '@dual-random/contracts'
import type { InspectorChanged } from '@dual-random/contracts/registry'
import { chinaDateOf, type DrawId, type InspectorId, type LocalDate, type RegionCode, type TaskId, type UnitId } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import type { DispatchDependencies } from '../app/dispatch-draw.ts'
import { followDraw } from '../app/follow-draw.ts'
import { type FollowResultDependencies, followResult } from '../app/follow-result.ts'
import { type HearInspectorDependencies, hearInspector } from '../app/hear-inspector.ts'
import { lapseUnpublished } from '../app/lapse-tasks.ts'
import type { UnavailableReason } from '../domain/availability.ts'

export type EventDependencies = DispatchDependencies & FollowResultDependencies & HearInspectorDependencies

type InspectorTold = Pick<InspectorChanged, 'inspectorId' | 'unitId' | 'availableFrom' | 'unavailableFrom' | 'unavailableReason'>

/** What inspection does on others' events, and on its own results. */
export function inspectionSubscriptions(store: Store, deps: EventDependencies): readonly Subscription[] {
  const { drawMatched } = events.drawing
  const { publicationOverdue } = events.publication
  const { resultRecorded } = events.inspection
  const { inspectorRegistered, inspectorChanged } = events.registry
  const hear = ({ inspectorId, unitId, availableFrom, unavailableFrom, unavailableReason }: InspectorTold) =>
    hearInspector(deps, {
      inspectorId: inspectorId as InspectorId,
      unitId: unitId as UnitId,
      heardOn: chinaDateOf(deps.clock()),
      ...(availableFrom === undefined ? {} : { availableFrom: availableFrom as LocalDate }),
      ...(unavailableFrom === undefined ? {} : { unavailableFrom: unavailableFrom as LocalDate }),
      ...(unavailableReason === undefined ? {} : { unavailableReason: unavailableReason as UnavailableReason }),
    })
  return [
    processSubscription(store, {
      topic: drawMatched.topic,
      on: [
        handler(drawMatched, (data) => {
          const { drawId, regionCode, batch, drawn, redraw } = data
          const draw = { ...drawnFor(data), drawId: drawId as DrawId, regionCode: regionCode as RegionCode, batch, drawn }
          const purpose = redraw && redrawPurposes.toName(redraw.purpose)
          return followDraw(deps, purpose === undefined ? draw : { ...draw, redraw: { number: redraw?.number ?? 0, purpose } })
        }),
      ],
    }),
    processSubscription(store, {
      topic: inspectorChanged.topic,
      on: [handler(inspectorRegistered, hear), handler(inspectorChanged, hear)],
    }),
    processSubscription(store, {
      topic: resultRecorded.topic,
      on: [handler(resultRecorded, ({ resultId }) => followResult(deps, resultId))],
    }),
    processSubscription(store, {
      topic: publicationOverdue.topic,
      on: [handler(publicationOverdue, ({ taskId }) => lapseUnpublished(deps, taskId as TaskId))],
    }),
  ]
}
