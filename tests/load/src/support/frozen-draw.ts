import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { deriveDrawId, type RosterEntry } from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { regionCode, unitId, wholeItem } from './mapped-pool.ts'
import type { RegistryProcess } from './registry-process.ts'

/** A snapshot of a million takes minutes on two busy cores. */
const callTimeoutMs = 900_000

/** As many labels as drawing names in one call. */
const labelsPerCall = 5000

/** How far past a snapshot lies; registry asks for 5 s. */
export const snapshotAgeMs = 6000

/** What the frozen pool is drawn for. */
export const subject = { kind: 'plan-line', planId: 'bench', lineId: 'L01' } as const

const sha256 = { name: 'sha256', digest: (bytes: Uint8Array) => digest('sha256', bytes) } as const
export const drawId: string = deriveDrawId(sha256, { regionCode, subject, batch: 1, attempt: 1 })

/** Registry as drawing asks it, for one draw of the whole pool. */
export interface FrozenDraw extends Disposable {
  readonly asOf: Instant
  /** The signed snapshot record. */
  freeze(): Promise<string>
  /** The roster in its parts, and how many entries registry attests. */
  roster(): AsyncGenerator<{ readonly entries: readonly RosterEntry[]; readonly attested: number | undefined }>
  /** Code and second salt of every label. */
  openings(labels: readonly string[]): Promise<readonly { readonly id: string; readonly drawnSalt: string }[]>
}

export function frozenDraw(registry: RegistryProcess): FrozenDraw {
  const client = createGrpcClient(RegistryServiceClient, { address: registry.grpcAddress, peer: 'registry' })
  const context = async () => ({
    deadline: Date.now() + callTimeoutMs,
    token: await registry.serviceToken('drawing'),
    traceId: '0'.repeat(32),
  })
  const asOf = addMs(instantOf(Date.now()), -snapshotAgeMs)
  const request = {
    drawId,
    regionCode,
    planId: subject.planId,
    lineId: subject.lineId,
    batch: 1,
    attempt: 1,
    asOf,
    itemCodes: [wholeItem],
    byGrade: false,
    earlierDraws: [],
    matchingUnitIds: [unitId],
    checkUntil: '2099-12-31',
  }
  return {
    asOf,
    freeze: async () => (await client.unary('freezeRoster', request, await context())).snapshotJson,
    async *roster() {
      const whole = { drawId, includeExcluded: true, firstEntry: 0 }
      for await (const { entries, attestation } of client.stream('streamRoster', whole, await context()))
        yield { entries, attested: attestation?.count }
    },
    openings: async (labels) => {
      const found = []
      for (let start = 0; start < labels.length; start += labelsPerCall) {
        const objectLabels = labels.slice(start, start + labelsPerCall)
        for await (const { objects } of client.stream('streamOpenings', { drawId, objectLabels, inspectorLabels: [] }, await context()))
          found.push(...objects.map(({ objectCode, drawnSalt }) => ({ id: objectCode, drawnSalt })))
      }
      return found
    },
    [Symbol.dispose]: () => client.close(),
  }
}
