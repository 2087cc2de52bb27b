import { appError } from '@dual-random/errors'
import { assertNever, type Clock, chinaDateOf, type Instant } from '@dual-random/kernel'
import type { CheckItemList } from '../domain/check-item-list.ts'
import { recordPublication } from '../domain/list-publication.ts'
import { policyIfBound } from './list-publishing.ts'
import type { PolicyBook } from './policy-book.ts'
import type { Caller, CheckItemLists } from './ports.ts'

export interface PublicationDeps {
  readonly checkItemLists: CheckItemLists
  readonly book: PolicyBook
  readonly clock: Clock
}

export interface PublicationCommand {
  readonly listId: string
  readonly number: number
  readonly channel: string
  readonly reference: string
  readonly at?: Instant | undefined
}

/** The channels on which the region's lists are made public; none where policy names none. */
export async function listChannels({ book, clock }: PublicationDeps, regionCode: CheckItemList['regionCode']): Promise<readonly string[]> {
  const policy = await policyIfBound(book, regionCode, chinaDateOf(clock()))
  return (policy?.find('item.listChannel') ?? []).map(({ id }) => id)
}

/** Records where a version of the caller's list was made public (REG-12). */
export async function recordListPublication(deps: PublicationDeps, command: PublicationCommand, caller: Caller): Promise<CheckItemList> {
  const { listId, number, channel, reference } = command
  const channels = await listChannels(deps, caller.regionCode)
  const at = command.at ?? deps.clock()
  const saved = await deps.checkItemLists.update(listId, (current) => {
    if (current === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: listId } })
    const { unitId } = current.state
    if (unitId !== caller.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId } })
    const next = recordPublication(current.state, number, { channel, at, by: caller.subject, reference }, channels)
    if (next.ok) return next.value && { state: next.value, events: [] }
    switch (next.error.code) {
      case 'list-version-unknown':
        throw appError('not-found', 'not-found', { meta: { what: '清单版本', id: number } })
      case 'channel-not-in-policy':
        throw appError('invalid', 'channel-not-in-policy', { meta: { channel, channels: channels.join(', ') } })
      default:
        return assertNever(next.error)
    }
  })
  return (saved ?? (await deps.checkItemLists.load(listId)))?.state as CheckItemList
}
