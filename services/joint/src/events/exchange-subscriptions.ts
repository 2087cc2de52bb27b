import { events, recognitionTopicOf } from '@dual-random/contracts'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import type { RecognisedRecords } from '../app/ports.ts'

/** What other regions share: one copy for each receiver that this deployment serves. */
export function exchangeSubscriptions(
  store: Store,
  {
    aliases,
    servedRegions,
    recognised,
  }: { readonly aliases: readonly string[]; readonly servedRegions: readonly string[]; readonly recognised: RecognisedRecords },
): readonly Subscription[] {
  const { recognitionShared, recognitionWithdrawn } = events.joint
  return aliases.map((alias) =>
    processSubscription(store, {
      topic: recognitionTopicOf(alias),
      on: [
        handler(recognitionShared, async (shared) => {
          const { recordId, groupId, issuingRegionCode, kind, objectCode, objectName, content } = shared
          const record = {
            recordId,
            groupId,
            issuingRegionCode,
            kind,
            objectCode,
            objectName,
            content,
            issuedAt: shared.issuedAt ?? '',
            withdrawn: false,
          }
          const receivers = shared.receiverRegionCodes.filter((regionCode) => servedRegions.includes(regionCode))
          await recognised.add(
            receivers.map((regionCode) => ({ regionCode, ...record })),
            alias,
          )
        }),
        handler(recognitionWithdrawn, ({ recordId }) => recognised.markWithdrawn(recordId, alias)),
      ],
    }),
  )
}
