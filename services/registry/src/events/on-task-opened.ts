import { events } from '@dual-random/contracts'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { proposeMissingDuty } from '../app/propose-missing-duty.ts'
import type { SubmitDeps } from '../app/submit-proposal.ts'

/** Checks of duties that no list names (TGT-14). */
export const onTaskOpened = (store: Store, deps: SubmitDeps): Subscription =>
  processSubscription(store, {
    topic: events.inspection.taskOpened.topic,
    on: [
      handler(events.inspection.taskOpened, async ({ regionCode, unitId, openedBy, taskNumber, duty }) => {
        if (duty === undefined) return
        await proposeMissingDuty(deps, { regionCode: regionCode as RegionCode, unitId: unitId as UnitId, by: openedBy, taskNumber, duty })
      }),
    ],
  })
